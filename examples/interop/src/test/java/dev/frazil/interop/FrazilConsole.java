package dev.frazil.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Runs SQL over JDBC for another process. The arguments are a URL; each line of the standard input
 * is a statement in Base64; the answer is a line {@code = row} in Base64 for each row, then {@code
 * done count} or {@code error state message}. It has nothing but the driver's jar on its class
 * path.
 */
final class FrazilConsole {
  private FrazilConsole() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer(statement, decode(line), out);
        out.flush();
      }
    }
  }

  private static void answer(Statement statement, String sql, PrintStream out) {
    try {
      if (!statement.execute(sql)) {
        out.println("done " + statement.getLargeUpdateCount());
        return;
      }
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            values.add(JdbcText.of(rows.getObject(i)));
          }
          out.println("= " + encode(String.join(" | ", values)));
        }
      }
      out.println("done -1");
    } catch (SQLException e) {
      out.println("error " + e.getSQLState() + " " + encode(String.valueOf(e.getMessage())));
    }
  }

  static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
