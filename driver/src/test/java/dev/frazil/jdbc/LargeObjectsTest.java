package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs and clobs in full, by themselves and into and out of a table. */
class LargeObjectsTest {
  private static Blob blob(int... bytes) {
    byte[] held = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      held[i] = (byte) bytes[i];
    }
    return new JdbcBlob(held);
  }

  private static byte[] all(Blob blob) throws SQLException {
    return blob.getBytes(1, (int) blob.length());
  }

  private static String all(Clob clob) throws SQLException {
    return clob.getSubString(1, (int) clob.length());
  }

  @Test
  void partsOfBlobs() throws Exception {
    Blob blob = blob(1, 2, 3, 4, 3, 4);
    assertThat(blob.getBytes(2, 3)).containsExactly(2, 3, 4);
    assertThat(blob.getBytes(7, 5)).isEmpty();
    assertThat(blob.getBytes(5, Integer.MAX_VALUE)).containsExactly(3, 4);
    assertThat(blob.position(new byte[] {3, 4}, 1)).isEqualTo(3);
    assertThat(blob.position(new byte[] {3, 4}, 4)).isEqualTo(5);
    assertThat(blob.position(blob(4, 5), 1)).isEqualTo(-1);
    assertThat(blob.getBinaryStream(2, 2).readAllBytes()).containsExactly(2, 3);
    assertState(() -> blob.getBytes(0, 1), "22023");
    assertState(() -> blob.getBytes(8, 1), "22023");
    assertState(() -> blob.getBytes(1, -1), "22023");
    assertState(() -> blob.getBinaryStream(5, 3), "22023");
    assertState(() -> blob.getBinaryStream(1, Long.MAX_VALUE), "22023");
    assertState(() -> blob.position((byte[]) null, 1), "22023");
    assertState(() -> blob.position((Blob) null, 1), "22023");
    assertState(() -> blob.position(new byte[] {1}, 0), "22023");
  }

  @Test
  void blobsChange() throws Exception {
    Blob blob = blob(1, 2, 3);
    assertThat(blob.setBytes(3, new byte[] {9, 8, 7})).isEqualTo(3);
    assertThat(all(blob)).containsExactly(1, 2, 9, 8, 7);
    assertThat(blob.setBytes(1, new byte[] {5, 6, 7}, 1, 1)).isEqualTo(1);
    assertThat(all(blob)).containsExactly(6, 2, 9, 8, 7);
    try (OutputStream stream = blob.setBinaryStream(6)) {
      stream.write(1);
      stream.write(new byte[] {2, 3});
      assertThat(blob.length()).as("seen before the stream is closed").isEqualTo(8);
    }
    blob.truncate(3);
    assertThat(all(blob)).containsExactly(6, 2, 9);
    assertState(() -> blob.truncate(4), "22023");
    assertState(() -> blob.setBytes(5, new byte[1]), "22023");
    assertState(() -> blob.setBytes(1, null), "22023");
    assertState(() -> blob.setBytes(1, new byte[1], 1, 1), "22023");
    OutputStream late = blob.setBinaryStream(1);
    blob.free();
    blob.free();
    assertState(blob::length, "55000");
    assertState(blob::getBinaryStream, "55000");
    assertThatThrownBy(() -> late.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void partsOfClobs() throws Exception {
    NClob clob = new JdbcClob("grün grün");
    assertThat(clob.getSubString(3, 2)).isEqualTo("ün");
    assertThat(clob.getSubString(10, 5)).isEmpty();
    assertThat(clob.position("ün", 1)).isEqualTo(3);
    assertThat(clob.position("ün", 4)).isEqualTo(8);
    assertThat(clob.position(new JdbcClob("x"), 1)).isEqualTo(-1);
    char[] three = new char[3];
    assertThat(clob.getCharacterStream(6, 3).read(three)).isEqualTo(3);
    assertThat(three).containsExactly('g', 'r', 'ü');
    assertThat(clob.getAsciiStream().readAllBytes())
        .isEqualTo("gr?n gr?n".getBytes(StandardCharsets.US_ASCII));
    assertState(() -> clob.getSubString(0, 1), "22023");
    assertState(() -> clob.getCharacterStream(1, 10), "22023");
    assertState(() -> clob.position((String) null, 1), "22023");
  }

  @Test
  void clobsChange() throws Exception {
    Clob clob = new JdbcClob("abc");
    assertThat(clob.setString(3, "xyz")).isEqualTo(3);
    assertThat(clob.setString(1, "12345", 2, 2)).isEqualTo(2);
    assertThat(all(clob)).isEqualTo("34xyz");
    try (Writer writer = clob.setCharacterStream(6)) {
      writer.write("grün");
      writer.append('!');
      assertThat(clob.length()).as("seen before the writer is closed").isEqualTo(10);
    }
    try (OutputStream stream = clob.setAsciiStream(1)) {
      stream.write('A');
      stream.write("BC".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(all(clob)).isEqualTo("ABCyzgrün!");
    clob.truncate(3);
    assertThat(all(clob)).isEqualTo("ABC");
    assertState(() -> clob.truncate(4), "22023");
    assertState(() -> clob.setString(5, "x"), "22023");
    assertState(() -> clob.setString(1, null), "22023");
    Writer late = clob.setCharacterStream(1);
    clob.free();
    assertState(clob::length, "55000");
    assertThatThrownBy(() -> late.write("x")).isInstanceOf(IOException.class);
  }

  @Test
  void intoATableAndBack(@TempDir Path folder) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (b varbinary, c varchar, n varchar)");
      Blob blob = connection.createBlob();
      blob.setBytes(1, new byte[] {1, 2, 3});
      Clob clob = connection.createClob();
      clob.setString(1, "grün");
      NClob other = connection.createNClob();
      other.setString(1, "n");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
        insert.setBlob(1, blob);
        insert.setClob(2, clob);
        insert.setNClob(3, other);
        blob.truncate(0); // what was set stays
        insert.executeUpdate();
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(all(rows.getBlob(1))).containsExactly(1, 2, 3);
        assertThat(all(rows.getClob("c"))).isEqualTo("grün");
        assertThat(all(rows.getObject(3, NClob.class))).isEqualTo("n");
      }
    }
  }
}
