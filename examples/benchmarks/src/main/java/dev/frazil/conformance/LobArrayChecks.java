package dev.frazil.conformance;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;

/** Large objects of the connection, and arrays that a query gives. */
final class LobArrayChecks {
  private LobArrayChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("large objects and arrays");
    addBlobs(list);
    addClobs(list);
    addArrays(list);
    return list.checks();
  }

  private static Blob blob(Scene scene) throws Exception {
    Blob blob = scene.connection().createBlob();
    Expect.equal(4, blob.setBytes(1, new byte[] {1, 2, 3, 4}));
    return blob;
  }

  private static void addBlobs(CheckList list) {
    list.add(
        "Blob.setBytes and length",
        "Blob.setBytes, length",
        scene -> Expect.equal(4L, blob(scene).length()));
    list.add(
        "Blob.getBytes",
        "Blob.getBytes: the first byte is at position 1",
        scene -> Expect.equal(new byte[] {2, 3}, blob(scene).getBytes(2, 2)));
    list.add(
        "Blob.getBytes before the first",
        "Blob.getBytes: SQLException if pos is less than 1",
        scene -> {
          Blob blob = blob(scene);
          Expect.fails(() -> blob.getBytes(0, 1));
        });
    list.add(
        "Blob.getBinaryStream",
        "Blob.getBinaryStream",
        scene ->
            Expect.equal(new byte[] {1, 2, 3, 4}, blob(scene).getBinaryStream().readAllBytes()));
    list.add(
        "Blob.getBinaryStream of a part",
        "Blob.getBinaryStream(long, long)",
        scene -> Expect.equal(new byte[] {2, 3}, blob(scene).getBinaryStream(2, 2).readAllBytes()));
    list.add(
        "Blob.position",
        "Blob.position: -1 if there is none",
        scene -> {
          Expect.equal(3L, blob(scene).position(new byte[] {3, 4}, 1));
          Expect.equal(-1L, blob(scene).position(new byte[] {9}, 1));
        });
    list.add(
        "Blob.truncate",
        "Blob.truncate",
        scene -> {
          Blob blob = blob(scene);
          blob.truncate(2);
          Expect.equal(2L, blob.length());
        });
    list.add(
        "Blob.setBinaryStream",
        "Blob.setBinaryStream",
        scene -> {
          Blob blob = scene.connection().createBlob();
          try (java.io.OutputStream out = blob.setBinaryStream(1)) {
            out.write(new byte[] {7, 8});
          }
          Expect.equal(new byte[] {7, 8}, blob.getBytes(1, 2));
        });
    list.add(
        "Blob.free",
        "Blob.free: any method other than free throws",
        scene -> {
          Blob blob = blob(scene);
          blob.free();
          blob.free();
          Expect.fails(blob::length);
        });
    list.add(
        "setBlob and getBlob",
        "JDBC 16.3, table B-6",
        scene -> {
          int id = sink(scene, "c_varbinary", insert -> insert.setBlob(1, blob(scene)));
          Blob read = scene.row("SELECT c_varbinary FROM conf_sink WHERE id = " + id).getBlob(1);
          Expect.equal(new byte[] {1, 2, 3, 4}, read.getBytes(1, 4));
        });
    list.add(
        "setBlob of a stream",
        "PreparedStatement.setBlob(int, InputStream)",
        scene -> {
          int id =
              sink(
                  scene,
                  "c_varbinary",
                  insert -> insert.setBlob(1, new ByteArrayInputStream(new byte[] {5, 6})));
          Blob read = scene.row("SELECT c_varbinary FROM conf_sink WHERE id = " + id).getBlob(1);
          Expect.equal(2L, read.length());
        });
  }

  private interface Setter {
    void set(PreparedStatement insert) throws Exception;
  }

  private static int sink(Scene scene, String column, Setter setter) throws Exception {
    if (column.equals("c_varbinary") && scene.dialect().lacks(Dialect.Trait.NO_BLOB)) {
      throw new LackingFeature("large objects live elsewhere");
    }
    int id = scene.fresh();
    String sql = "INSERT INTO conf_sink (" + column + ", id) VALUES (?, " + id + ")";
    try (PreparedStatement insert = scene.prepare(sql)) {
      setter.set(insert);
      insert.executeUpdate();
    }
    return id;
  }

  private static Clob clob(Scene scene) throws Exception {
    Clob clob = scene.connection().createClob();
    Expect.equal(4, clob.setString(1, "abcd"));
    return clob;
  }

  private static void addClobs(CheckList list) {
    list.add(
        "Clob.setString and length",
        "Clob.setString, length",
        scene -> Expect.equal(4L, clob(scene).length()));
    list.add(
        "Clob.getSubString",
        "Clob.getSubString: the first character is at position 1",
        scene -> Expect.equal("bc", clob(scene).getSubString(2, 2)));
    list.add(
        "Clob.getSubString before the first",
        "Clob.getSubString: SQLException if pos is less than 1",
        scene -> {
          Clob clob = clob(scene);
          Expect.fails(() -> clob.getSubString(0, 1));
        });
    list.add(
        "Clob.getCharacterStream",
        "Clob.getCharacterStream",
        scene -> {
          java.io.StringWriter text = new java.io.StringWriter();
          clob(scene).getCharacterStream().transferTo(text);
          Expect.equal("abcd", text.toString());
        });
    list.add(
        "Clob.getAsciiStream",
        "Clob.getAsciiStream",
        scene ->
            Expect.equal(
                "abcd",
                new String(
                    clob(scene).getAsciiStream().readAllBytes(), StandardCharsets.US_ASCII)));
    list.add(
        "Clob.position",
        "Clob.position: -1 if there is none",
        scene -> {
          Expect.equal(3L, clob(scene).position("cd", 1));
          Expect.equal(-1L, clob(scene).position("x", 1));
        });
    list.add(
        "Clob.truncate",
        "Clob.truncate",
        scene -> {
          Clob clob = clob(scene);
          clob.truncate(2);
          Expect.equal("ab", clob.getSubString(1, 2));
        });
    list.add(
        "Clob.free",
        "Clob.free: any method other than free throws",
        scene -> {
          Clob clob = clob(scene);
          clob.free();
          clob.free();
          Expect.fails(clob::length);
        });
    list.add(
        "setClob into a text",
        "JDBC table B-4, Clob; PreparedStatement.setClob",
        scene -> {
          int id = sink(scene, "c_varchar", insert -> insert.setClob(1, clob(scene)));
          Expect.equal(
              "abcd", scene.row("SELECT c_varchar FROM conf_sink WHERE id = " + id).getString(1));
        });
    list.add(
        "setClob of a reader",
        "PreparedStatement.setClob(int, Reader)",
        scene -> {
          int id = sink(scene, "c_varchar", insert -> insert.setClob(1, new StringReader("xy")));
          Expect.equal(
              "xy", scene.row("SELECT c_varchar FROM conf_sink WHERE id = " + id).getString(1));
        });
    list.add(
        "createNClob",
        "Connection.createNClob",
        scene -> {
          java.sql.NClob clob = scene.connection().createNClob();
          clob.setString(1, "日本");
          Expect.equal(2L, clob.length());
        });
  }

  private static Array array(Scene scene) throws Exception {
    return scene.value(Kind.ARRAY, 1).getArray(1);
  }

  private static void addArrays(CheckList list) {
    list.add(
        "Array.getBaseType",
        "Array.getBaseType",
        scene ->
            Expect.that(
                Kind.INTEGER.hasCode(array(scene).getBaseType()), "" + array(scene).getBaseType()));
    list.add(
        "Array.getBaseTypeName",
        "Array.getBaseTypeName",
        scene -> Expect.that(!array(scene).getBaseTypeName().isEmpty(), "empty"));
    list.add(
        "Array.getArray of a slice",
        "Array.getArray(long, int): the first element is at 1",
        scene -> Expect.equal("[2, 3]", Arrays.toString((Object[]) array(scene).getArray(2, 2))));
    list.add(
        "Array.getArray before the first",
        "Array.getArray(long, int)",
        scene -> {
          Array array = array(scene);
          Expect.fails(() -> array.getArray(0, 1));
        });
    list.add(
        "Array.getResultSet",
        "Array.getResultSet: index and value",
        scene -> {
          ResultSet rows = array(scene).getResultSet();
          for (int element = 1; element <= 3; element++) {
            Expect.that(rows.next(), "no row");
            Expect.equal(element, rows.getInt(1));
            Expect.equal(element, rows.getInt(2));
          }
          Expect.that(!rows.next(), "a fourth");
        });
    list.add(
        "Array.getResultSet of a slice",
        "Array.getResultSet(long, int)",
        scene -> {
          ResultSet rows = array(scene).getResultSet(2, 1);
          Expect.that(rows.next(), "no row");
          Expect.equal(2, rows.getInt(1));
          Expect.equal(2, rows.getInt(2));
        });
    list.add(
        "Array.free",
        "Array.free: any method other than free throws",
        scene -> {
          Array array = array(scene);
          array.free();
          array.free();
          Expect.fails(array::getArray);
        });
    list.add(
        "an array behind its result set",
        "JDBC 16.5.2: valid for the duration of the transaction",
        scene -> {
          scene.connection().setAutoCommit(false);
          ResultSet rows = scene.value(Kind.ARRAY, 1);
          Array array = rows.getArray(1);
          rows.next();
          Expect.equal("[1, 2, 3]", Arrays.toString((Object[]) array.getArray()));
        });
  }
}
