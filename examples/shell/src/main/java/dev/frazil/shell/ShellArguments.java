package dev.frazil.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for: {@code [url] [file.sql] [-f file] [-e sql] [--format name]}.
 *
 * @param url where the database lives
 * @param files scripts to run, in order
 * @param statements SQL given on the command line, run after the scripts
 * @param format output format of sqlline: table, vertical, csv, tsv or json
 */
record ShellArguments(String url, List<Path> files, List<String> statements, String format) {
  static final String DEFAULT_URL = "jdbc:iceberg:./frazil-warehouse";
  private static final String PREFIX = "jdbc:iceberg:";
  private static final List<String> FORMATS = List.of("table", "vertical", "csv", "tsv", "json");

  /** A command line that is not understood; the message says what is wrong. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  boolean runsScripts() {
    return !files.isEmpty() || !statements.isEmpty();
  }

  static ShellArguments parse(List<String> arguments) throws UsageException {
    String url = null;
    List<Path> files = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    String format = "table";
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "-f" -> files.add(Path.of(value(arguments, ++i, "-f", "a file")));
        case "-e" -> statements.add(value(arguments, ++i, "-e", "SQL"));
        case "--format" -> format = format(value(arguments, ++i, "--format", "a format"));
        default -> {
          if (argument.startsWith("-")) {
            throw new UsageException("unknown option " + argument);
          } else if (argument.endsWith(".sql") && !argument.startsWith(PREFIX)) {
            files.add(Path.of(argument));
          } else if (url == null) {
            url = argument.startsWith("jdbc:") ? argument : PREFIX + argument;
          } else {
            throw new UsageException("two URLs are given: " + url + " and " + argument);
          }
        }
      }
    }
    return new ShellArguments(url == null ? DEFAULT_URL : url, files, statements, format);
  }

  private static String format(String name) throws UsageException {
    if (!FORMATS.contains(name)) {
      throw new UsageException(
          "unknown format " + name + "; it is one of " + String.join(", ", FORMATS));
    }
    return name;
  }

  private static String value(List<String> arguments, int index, String option, String what)
      throws UsageException {
    @Nullable String value = index < arguments.size() ? arguments.get(index) : null;
    if (value == null) {
      throw new UsageException(option + " needs " + what);
    }
    return value;
  }
}
