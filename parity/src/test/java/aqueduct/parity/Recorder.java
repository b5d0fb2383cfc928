// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** {@link RecordedCalls} as a jar beside an element's, and what its file says, as IAM's actions. */
final class Recorder {
  /** Operations whose leave has another name; all others are their own. */
  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("HeadObject", "GetObject"),
          Map.entry("HeadBucket", "ListBucket"),
          Map.entry("ListObjectsV2", "ListBucket"),
          Map.entry("ListObjects", "ListBucket"),
          Map.entry("CopyObject", "PutObject"),
          Map.entry("CreateMultipartUpload", "PutObject"),
          Map.entry("UploadPart", "PutObject"),
          Map.entry("UploadPartCopy", "PutObject"),
          Map.entry("CompleteMultipartUpload", "PutObject"),
          Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
          Map.entry("ListParts", "ListMultipartUploadParts"),
          Map.entry("SendMessageBatch", "SendMessage"),
          Map.entry("DeleteMessageBatch", "DeleteMessage"),
          Map.entry("ChangeMessageVisibilityBatch", "ChangeMessageVisibility"));

  private Recorder() {}

  /** A jar of classes of this package, as somebody would ship it beside an element. */
  static Path jar(Path file, String classes, String name, String content) throws IOException {
    Path directory = Path.of("target", "test-classes", "aqueduct", "parity");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        var all = Files.newDirectoryStream(directory, classes + "*.class")) {
      for (Path path : all) {
        entry(jar, "aqueduct/parity/" + path.getFileName(), Files.readAllBytes(path));
      }
      entry(jar, name, content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  static Path jar(Path file) throws IOException {
    return jar(
        file,
        "RecordedCalls",
        "software/amazon/awssdk/global/handlers/execution.interceptors",
        RecordedCalls.class.getName());
  }

  private static void entry(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  /** Of the form {@code s3:backup GetObject}. */
  static Set<String> actions(Path file) throws IOException {
    Set<String> actions = new TreeSet<>();
    if (Files.notExists(file)) return actions;
    for (String line : Files.readAllLines(file)) {
      String[] call = line.split(" ", 3);
      if (call[1].equals("GetRecords")) continue; // names an iterator alone: see below
      String thing = call[0].toLowerCase(Locale.ROOT) + ":" + call[2] + " ";
      actions.add(thing + ACTIONS.getOrDefault(call[1], call[1]));
      // An iterator is of the stream that it was asked of, and is asked for to be used.
      if (call[1].equals("GetShardIterator")) actions.add(thing + "GetRecords");
    }
    return actions;
  }
}
