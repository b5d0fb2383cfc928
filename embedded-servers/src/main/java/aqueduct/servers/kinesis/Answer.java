// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response's body, JSON or CBOR alike; its outermost object is open. */
record Answer(JsonGenerator body) {
  private static final int CBOR_EPOCH = 1;

  Answer text(String name, @Nullable String value) throws IOException {
    if (value != null) body.writeStringField(name, value);
    return this;
  }

  Answer number(String name, long value) throws IOException {
    body.writeNumberField(name, value);
    return this;
  }

  Answer flag(String name, boolean value) throws IOException {
    body.writeBooleanField(name, value);
    return this;
  }

  /** Milliseconds since 1970: CBOR has them whole, JSON as decimal seconds. */
  Answer time(String name, long millis) throws IOException {
    body.writeFieldName(name);
    if (body instanceof CBORGenerator cbor) {
      cbor.writeTag(CBOR_EPOCH);
      cbor.writeNumber(millis);
    } else {
      body.writeNumber(java.math.BigDecimal.valueOf(millis, 3).toPlainString());
    }
    return this;
  }

  Answer bytes(String name, byte[] value) throws IOException {
    body.writeFieldName(name);
    body.writeBinary(value);
    return this;
  }

  /** Opens a named object; end() closes it. */
  Answer object(String name) throws IOException {
    body.writeObjectFieldStart(name);
    return this;
  }

  /** Opens an object in an array; end() closes it. */
  Answer object() throws IOException {
    body.writeStartObject();
    return this;
  }

  Answer end() throws IOException {
    body.writeEndObject();
    return this;
  }

  Answer array(String name) throws IOException {
    body.writeArrayFieldStart(name);
    return this;
  }

  Answer texts(String name, Iterable<String> values) throws IOException {
    array(name);
    for (String value : values) body.writeString(value);
    return endArray();
  }

  Answer endArray() throws IOException {
    body.writeEndArray();
    return this;
  }
}
