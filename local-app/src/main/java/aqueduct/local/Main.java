// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line. Exit status: 0 done, 1 the work failed, 2 wrong usage. */
@Command(
    name = "aqueduct",
    mixinStandardHelpOptions = true,
    version = "aqueduct 0.1.0-SNAPSHOT",
    description = "CloudFront access logs in, 5-minute audience metrics out; all on this machine.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      RunCommand.class,
      CorrectCommand.class,
      DayCommand.class,
      BackfillCommand.class,
      ReplayCommand.class,
      RetentionCommand.class,
      EraseCommand.class,
      ExportCommand.class,
      GenCommand.class,
      StatusCommand.class,
      ValidateCommand.class,
      DatasetCommand.class,
      KeysCommand.class,
      MetricsCommand.class,
      BadCommand.class,
      DlqCommand.class,
      TraceCommand.class,
      ExplainCommand.class,
      TailCommand.class,
      TestCommand.class,
      ArbiterCommand.class,
      GraphCommand.class,
      CostCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct up",
      "  ./aqueduct gen --events 100000 --out sample-logs",
      "  ./aqueduct run sample-logs",
    })
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(failure());
  }

  /** What is wrong in words for what users can set right; a stack trace for what they cannot. */
  private static IExecutionExceptionHandler failure() {
    return (exception, command, parsed) -> {
      if (exception instanceof IllegalArgumentException) {
        command.getErr().println(command.getColorScheme().errorText(exception.getMessage()));
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
      }
      if (exception instanceof WorkFailed || exception instanceof IOException) {
        command.getErr().println(command.getColorScheme().errorText(words(exception)));
        return 1;
      }
      exception.printStackTrace(command.getErr());
      return 1;
    };
  }

  private static String words(Exception exception) {
    return exception instanceof java.nio.file.NoSuchFileException
        ? exception.getMessage() + ": there is no such file or directory"
        : String.valueOf(exception.getMessage());
  }
}
