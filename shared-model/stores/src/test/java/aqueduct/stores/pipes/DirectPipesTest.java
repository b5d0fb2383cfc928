// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.logs.RecordSink.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.messaging.Message;

class DirectPipesTest {
  private final List<Integer> read = new ArrayList<>();
  private final InMemoryRecordSink streams = new InMemoryRecordSink();

  private static StandardEnvironment environment(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  private static PackedRecord record(int number) {
    return new PackedRecord("key-" + number, new byte[] {(byte) number});
  }

  private RecordSink joined(PipeReader reader) {
    return new DirectPipes(Map.of("raw-logs", List.of(reader)), streams);
  }

  @Test
  void what_is_sent_has_been_read_when_finish_returns() {
    RecordSink sink = joined(records -> records.forEach(record -> read.add((int) record[0])));

    sink.put("raw-logs", IntStream.range(0, 40).mapToObj(DirectPipesTest::record).toList());

    assertThat(read).containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
  }

  @Test
  void the_writer_fails_when_a_reader_does() {
    RecordSink sink =
        joined(
            records -> {
              throw new IllegalStateException("the next stream refuses");
            });
    Transfer transfer = sink.open("raw-logs");
    transfer.send(record(1));

    assertThatThrownBy(transfer::finish).hasMessage("the next stream refuses");
  }

  @Test
  void other_pipes_are_as_before() {
    RecordSink sink = joined(records -> read.add(records.size()));

    sink.put("enriched-logs", List.of(record(1)));

    assertThat(read).isEmpty();
    assertThat(streams.records("enriched-logs")).hasSize(1);
  }

  @Test
  void the_topology_says_who_reads_a_direct_pipe() {
    StaticListableBeanFactory functions = new StaticListableBeanFactory();
    Consumer<Message<List<byte[]>>> enrich = message -> read.add(message.getPayload().size());
    functions.addBean("enrich", enrich);
    StandardEnvironment environment =
        environment(
            Map.of(
                "aqueduct.pipes.raw-logs.kind", "direct",
                "aqueduct.pipes.raw-logs.to[0]", "enrich",
                "aqueduct.pipes.enriched-logs.kind", "kinesis"));

    RecordSink sink = FunctionReaders.joining(streams, environment, functions);
    sink.put("raw-logs", List.of(record(1), record(2)));

    assertThat(read).containsExactly(2);
  }

  @Test
  void a_reader_that_is_not_in_the_process_is_named_with_what_to_do() {
    StandardEnvironment environment =
        environment(
            Map.of(
                "aqueduct.pipes.raw-logs.kind", "direct",
                "aqueduct.pipes.raw-logs.to[0]", "enrich"));
    RecordSink sink =
        FunctionReaders.joining(streams, environment, new StaticListableBeanFactory());

    assertThatThrownBy(() -> sink.put("raw-logs", List.of(record(1))))
        .hasMessageContaining("aqueduct.pipes.raw-logs.kind is direct")
        .hasMessageContaining("enrich is not in this process");
  }

  @Test
  void a_direct_pipe_without_readers_takes_everything_and_keeps_nothing() {
    StandardEnvironment environment =
        environment(Map.of("aqueduct.pipes.rejected-logs.kind", "direct"));
    RecordSink sink =
        FunctionReaders.joining(streams, environment, new StaticListableBeanFactory());

    sink.put("rejected-logs", List.of(record(1)));

    assertThat(streams.records("rejected-logs")).isEmpty();
  }

  @Test
  void the_reader_of_a_direct_pipe_is_not_bound_as_well() {
    StandardEnvironment environment =
        environment(
            Map.of(
                "spring.cloud.function.definition", "streamify;replay;enrich",
                "aqueduct.pipes.raw-logs.kind", "direct",
                "aqueduct.pipes.raw-logs.to[0]", "enrich"));

    new DirectReadersAreNotBound().postProcessEnvironment(environment, new SpringApplication());

    assertThat(environment.getProperty("spring.cloud.function.definition"))
        .isEqualTo("streamify;replay");
  }
}
