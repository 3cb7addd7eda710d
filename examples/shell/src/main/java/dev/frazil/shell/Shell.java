package dev.frazil.shell;

import dev.frazil.jdbc.FrazilDriver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import sqlline.SqlLine;

/**
 * Opens a shell on a database, or runs scripts and leaves. Exit status: 0, 1 when a statement
 * failed, 2 for a command line that is not understood.
 */
public final class Shell {
  private static final String USAGE =
      """
      Usage: ./frazil [url] [file.sql ...] [-e "SQL"] [--format table|vertical|csv|tsv|json]
             ./frazil demo
             ./frazil serve [url]         as an Iceberg REST catalog; serve --help says more
             ./frazil version

      url   jdbc:iceberg:/folder, jdbc:iceberg:s3://bucket/prefix?region=eu-west-1, or just the
            part after jdbc:iceberg: ; the folder ./frazil-warehouse if none is given.
      Without a file a shell opens; SQL that comes through a pipe is run.
      In the shell: !help lists its commands, !tables the tables, !quit leaves.
      """;

  private Shell() {}

  /**
   * Started by {@code ./frazil}, which also says by the system properties {@code
   * frazil.shell.input} and {@code frazil.shell.progress} whether it stands on a terminal.
   */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments)));
  }

  static int run(List<String> arguments) throws IOException {
    if (arguments.equals(List.of("version"))) {
      System.out.println(version());
      return 0;
    }
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(USAGE);
      return 0;
    }
    ShellArguments parsed;
    try {
      parsed = ShellArguments.parse(arguments);
    } catch (ShellArguments.UsageException e) {
      System.err.println("frazil: " + e.getMessage());
      System.err.print(USAGE);
      return 2;
    }
    for (Path file : parsed.files()) {
      if (!Files.isReadable(file)) {
        System.err.println("frazil: the file " + file + " cannot be read");
        return 2;
      }
    }
    Path home = Path.of(System.getProperty("user.home"), ".frazil");
    Files.createDirectories(home);
    System.setProperty(SqlLine.SQLLINE_BASE_DIR, home.toString());
    registerDriver();
    boolean interactive = !parsed.runsScripts() && standsOnTerminal();
    return interactive ? converse(parsed) : runScripts(parsed);
  }

  private static String version() {
    String version = FrazilDriver.class.getPackage().getImplementationVersion();
    return "Frazil " + (version == null ? "(unpacked)" : version);
  }

  private static boolean standsOnTerminal() {
    return "terminal".equals(System.getProperty("frazil.shell.input"));
  }

  /** Puts {@link ShellDriver} between sqlline and the driver, with progress if somebody watches. */
  private static void registerDriver() {
    try {
      Driver driver = DriverManager.getDriver(ShellArguments.DEFAULT_URL);
      if (driver instanceof ShellDriver) {
        return;
      }
      DriverManager.deregisterDriver(driver);
      boolean watched = Boolean.getBoolean("frazil.shell.progress");
      DriverManager.registerDriver(
          new ShellDriver(driver, watched ? new ProgressLine(System.err) : null));
    } catch (SQLException e) {
      throw new IllegalStateException("the driver is not on the class path", e);
    }
  }

  private static int converse(ShellArguments arguments) throws IOException {
    List<String> options = options(arguments);
    options.add("--prompt=frazil> ");
    options.add("--color=true");
    System.out.println(
        version()
            + " on "
            + arguments.url()
            + "\nSQL ends with ';'. SHOW TABLES lists the tables, !help the shell's commands; !quit or"
            + " Ctrl-D leaves.");
    return status(new FrazilSqlLine().begin(options.toArray(String[]::new), null, true));
  }

  private static int runScripts(ShellArguments arguments) throws IOException {
    List<Path> scripts = new ArrayList<>(arguments.files());
    Path given = null;
    if (!arguments.statements().isEmpty() || !arguments.runsScripts()) {
      given = Files.createTempFile("frazil-", ".sql");
      String sql =
          arguments.runsScripts()
              ? String.join(";\n", arguments.statements()) + ";\n"
              : new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(given, sql);
      scripts.add(given);
    }
    try {
      for (Path script : scripts) {
        List<String> options = options(arguments);
        options.add("--silent=true");
        // Nobody's terminal is to be filled exactly: rows are not cut.
        options.add("--maxWidth=100000");
        options.add("-f");
        options.add(script.toString());
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        FrazilSqlLine sqlline = new FrazilSqlLine();
        int status = status(sqlline.begin(options.toArray(String[]::new), nothing, false));
        if (status != 0 || sqlline.failed()) {
          return 1;
        }
      }
      return 0;
    } finally {
      if (given != null) {
        Files.delete(given);
      }
    }
  }

  private static List<String> options(ShellArguments arguments) {
    return new ArrayList<>(
        List.of(
            "-u",
            arguments.url(),
            "-n",
            "",
            "-p",
            "",
            "--isolation=TRANSACTION_SERIALIZABLE",
            "--outputFormat=" + arguments.format(),
            "--showNestedErrs=false",
            "--csvQuoteCharacter='\"'",
            "--verbose=false"));
  }

  private static int status(SqlLine.Status status) {
    return status == SqlLine.Status.OK ? 0 : 1;
  }
}
