// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command line as a user types it -> what it prints and its exit status. */
record Cli(int status, String out, String err) {

  static Cli run(String... args) {
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      CommandLine line =
          Main.commandLine()
              .setOut(new PrintWriter(System.out, true))
              .setErr(new PrintWriter(System.err, true));
      int status = line.execute(args);
      return new Cli(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
  }

  /** The same, on the data of the shared pipeline. */
  static Cli onShared(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(1, "--data");
    all.add(2, SharedPipeline.DATA.toString());
    return run(all.toArray(String[]::new));
  }

  /** The first words of a command, and more of them. */
  static String[] with(String[] first, String... more) {
    return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
