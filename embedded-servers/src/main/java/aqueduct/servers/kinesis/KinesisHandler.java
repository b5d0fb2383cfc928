// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A POST of the protocol Kinesis_20131202, JSON or CBOR -> the call it names, and its answer in the
 * same format.
 */
final class KinesisHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(KinesisHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new CBORMapper();
  private final Map<String, Call> calls = new HashMap<>();

  KinesisHandler(StreamCalls streams, ShardCalls shards, RecordCalls records) {
    streams.register(calls);
    shards.register(calls);
    records.register(calls);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String target = request.getHeaders().get("X-Amz-Target");
    if (target == null) {
      response.setStatus(request.getMethod().equals("GET") ? 200 : 400);
      Content.Sink.write(response, true, "kinesis\n", callback);
      return true;
    }
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    boolean cbor = type != null && type.contains("cbor");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, "application/x-amz-" + (cbor ? "cbor" : "json") + "-1.1");
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    ReplyStream reply = new ReplyStream(response);
    try {
      answer(target.substring(target.indexOf('.') + 1), request, cbor, reply);
    } catch (KinesisError e) {
      fail(response, reply, 400, e.code(), String.valueOf(e.getMessage()), cbor);
    } catch (EofException e) {
      throw e; // the caller went away
    } catch (IOException | RuntimeException e) {
      LOG.error("{} failed", target, e);
      fail(response, reply, 500, "InternalFailure", e.toString(), cbor);
    }
    reply.finish(callback);
    return true;
  }

  private void answer(String name, Request request, boolean cbor, ReplyStream reply)
      throws IOException {
    Call call = calls.get(name);
    if (call == null) {
      throw new KinesisError(
          "UnsupportedOperationException",
          name + " is not supported here: the embedded server has no " + name + ".");
    }
    ObjectMapper mapper = cbor ? CBOR : JSON;
    Question question = new Question(body(request, mapper), cbor);
    JsonGenerator generator = mapper.createGenerator(reply);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    generator.writeStartObject();
    call.answer(question, new Answer(generator));
    generator.writeEndObject();
    generator.close();
  }

  private static JsonNode body(Request request, ObjectMapper mapper) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      JsonNode body = mapper.readTree(in);
      return body.isMissingNode() ? mapper.createObjectNode() : body;
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new KinesisError(
          "SerializationException", "The request's body cannot be read: " + e.getOriginalMessage());
    }
  }

  private static void fail(
      Response response, ReplyStream reply, int status, String code, String message, boolean cbor)
      throws IOException {
    // Half an answer is out: only a broken connection tells the caller.
    if (reply.isSent()) throw new IOException(code + ": " + message);
    reply.reset();
    response.setStatus(status);
    response.getHeaders().put("x-amzn-ErrorType", code);
    reply.write((cbor ? CBOR : JSON).writeValueAsBytes(Map.of("__type", code, "message", message)));
  }
}
