package dev.frazil.jdbc;

import dev.frazil.bridge.BridgeOptions;
import dev.frazil.bridge.RestBridge;
import dev.frazil.error.EngineException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Serves the database of a URL to other engines, as an Iceberg REST catalog: {@code java -cp
 * frazil-jdbc.jar dev.frazil.jdbc.FrazilServer url}, which is what {@code ./frazil serve} starts,
 * or {@link #start} in a program.
 */
public final class FrazilServer {
  private FrazilServer() {}

  /**
   * Starts a server, which runs until it is closed.
   *
   * @param url as for a connection
   * @param properties as for a connection
   * @throws SQLException 22023 for options that do not fit, 08001 where the database cannot be read
   *     or the address is taken
   */
  public static RestBridge start(String url, Properties properties, BridgeOptions options)
      throws SQLException {
    JdbcUrl parsed = JdbcUrl.parse(url, properties);
    return SqlExceptions.call(() -> RestBridge.start(parsed.config(), options));
  }

  /**
   * Serves until the process is ended. Exit status 1 when the database cannot be served, 2 for a
   * command line that is not understood.
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> given = List.of(arguments);
    if (given.contains("--help") || given.contains("-h")) {
      System.out.print(ServerArguments.USAGE);
      return;
    }
    RestBridge bridge;
    try {
      bridge = run(given, System.getenv(ServerArguments.TOKEN_VARIABLE), System.out);
    } catch (ServerArguments.UsageException e) {
      System.err.println("frazil: " + e.getMessage());
      System.err.print(ServerArguments.USAGE);
      System.exit(2);
      return;
    } catch (SQLException | EngineException | IOException e) {
      System.err.println("frazil: " + e.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(bridge::close));
    new CountDownLatch(1).await();
  }

  /** Starts the server and says how to reach it. */
  static RestBridge run(List<String> arguments, @Nullable String tokenVariable, PrintStream out)
      throws ServerArguments.UsageException, SQLException, IOException {
    ServerArguments parsed = ServerArguments.parse(arguments, tokenVariable);
    RestBridge bridge = start(parsed.url(), new Properties(), parsed.options());
    out.println(
        parsed.url()
            + " is an Iceberg REST catalog"
            + (parsed.options().readOnly() ? " for reading" : "")
            + " now:");
    out.println("  uri    " + bridge.uri());
    if (parsed.generatedToken() != null) {
      out.println("  token  " + parsed.generatedToken() + "  (made for this run)");
    }
    out.println("Ctrl-C ends it.");
    out.flush();
    return bridge;
  }
}
