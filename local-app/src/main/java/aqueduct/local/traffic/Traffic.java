// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import aqueduct.local.traffic.TrafficPlan.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A plan -> log files, made by all cores; which core makes which changes nothing. */
public final class Traffic {
  private final LogLines lines = new LogLines();

  /** The files of a plan; a site without events in a slice has no file there. */
  public Stream<TrafficFile> files(TrafficPlan plan) {
    return plan.slices().parallelStream()
        .flatMap(slice -> Site.ALL.stream().map(site -> file(plan, slice, site)))
        .flatMap(Optional::stream);
  }

  private Optional<TrafficFile> file(TrafficPlan plan, Slice slice, Site site) {
    long count = share(slice.events(), site);
    if (count == 0) return Optional.empty();
    return Optional.of(new LogFileMaker(plan, lines, site, slice.number()).make(slice, count));
  }

  /** Whole lines whose sum over the sites is the slice's. */
  private static long share(long events, Site site) {
    long before = 0;
    for (Site other : Site.ALL) {
      if (other.equals(site)) {
        return events * (before + site.percent()) / 100 - events * before / 100;
      }
      before += other.percent();
    }
    throw new IllegalArgumentException("no such site: " + site);
  }

  /** Writes the files and expected.json into a directory; tells of each file's lines. */
  public Expected write(TrafficPlan plan, Path directory, Consumer<TrafficFile> written)
      throws IOException {
    try (FileStore store = FileStore.directory(directory)) {
      Expected all = write(plan, store, written);
      all.write(directory.resolve("expected.json"));
      return all;
    }
  }

  /** Puts the files into the store; tells of each file's lines, and answers the true counts. */
  public Expected write(TrafficPlan plan, FileStore store, Consumer<TrafficFile> written)
      throws IOException {
    Expected all = new Expected();
    try {
      files(plan)
          .forEach(
              file -> {
                store.put(file);
                all.add(file.expected());
                written.accept(file);
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return all;
  }
}
