package dev.frazil.clients.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.frazil.jdbc.FrazilDriver;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function of docs/guides/aws-lambda.md: what it stores, and what it needs to run. */
@Tag("slow")
class OrderQueueHandlerTest {
  @TempDir Path folder;

  private static Map<String, Object> event(String... idsAndBodies) {
    List<Object> records = new java.util.ArrayList<>();
    for (int i = 0; i < idsAndBodies.length; i += 2) {
      records.add(Map.of("messageId", idsAndBodies[i], "body", idsAndBodies[i + 1]));
    }
    return Map.of("Records", records);
  }

  private static String total(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*), sum(amount) FROM orders")) {
      rows.next();
      return rows.getString(1) + " " + rows.getString(2);
    }
  }

  @Test
  void aMessageThatComesAgainChangesNothing() throws Exception {
    String url = "jdbc:iceberg:" + folder.resolve("shop");
    OrderQueueHandler handler = new OrderQueueHandler(url);
    Map<String, Object> first =
        event("m1", "2026-01-31,ann,20.00", "m2", "2026-02-01,bob,5", "m3", "rubbish");
    assertThat(handler.handleRequest(first, null))
        .isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m3"))));
    assertThat(total(url)).isEqualTo("2 25.00");
    handler.handleRequest(event("m2", "2026-02-01,bob,5", "m4", "2026-02-02,ann,1"), null);
    new OrderQueueHandler(url).handleRequest(first, null);
    assertThat(total(url)).isEqualTo("3 26.00");
    assertThat(handler.handleRequest(Map.of(), null))
        .isEqualTo(Map.of("batchItemFailures", List.of()));
  }

  /** Started by the test below in a JVM of its own. */
  static final class FreshFunction {
    public static void main(String[] arguments) throws Exception {
      OrderQueueHandler handler = new OrderQueueHandler();
      System.out.println(handler.handleRequest(event("m1", "2026-01-31,ann,20.00"), null));
    }
  }

  /** What is deployed: the function's classes, Lambda's interface and the driver jar; 256 MB. */
  @Test
  void theDriverJarIsAllThatItNeeds() throws Exception {
    assumeTrue(place(FrazilDriver.class).endsWith(".jar"), "only packaged, the driver is alone");
    String url = "jdbc:iceberg:" + folder.resolve("shop");
    ProcessBuilder function =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx180m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(
                File.pathSeparator,
                place(FrazilDriver.class),
                place(RequestHandler.class),
                place(OrderQueueHandler.class),
                place(FreshFunction.class)),
            FreshFunction.class.getName());
    function.environment().put("FRAZIL_URL", url);
    Process process = function.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output.strip()).isEqualTo("{batchItemFailures=[]}");
    assertThat(process.exitValue()).isZero();
    assertThat(total(url)).isEqualTo("1 20.00");
  }

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
