package dev.frazil.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every question of DatabaseMetaData without arguments has an answer, and answers that hang
 * together.
 */
final class MetaDataAnswerChecks {
  private static final List<Class<?>> PLAIN =
      List.of(boolean.class, int.class, long.class, String.class, RowIdLifetime.class);

  private MetaDataAnswerChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("metadata answers");
    Arrays.stream(DatabaseMetaData.class.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> PLAIN.contains(method.getReturnType()))
        .sorted(Comparator.comparing(Method::getName))
        .forEach(
            method ->
                list.add(
                    method.getName(),
                    "DatabaseMetaData." + method.getName(),
                    scene -> answer(method, scene)));
    addNumbered(list);
    addTruths(list);
    return list.checks();
  }

  private static void answer(Method method, Scene scene) throws Exception {
    Object answer = call(method, scene.connection().getMetaData());
    boolean nullable = Set.of("getURL", "getUserName").contains(method.getName());
    Expect.that(answer != null || nullable, "null");
    if (answer instanceof Integer number) {
      Expect.that(number >= 0, "negative: " + number);
    }
  }

  private static @Nullable Object call(Method method, Object target) throws Exception {
    try {
      return method.invoke(target);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void addNumbered(CheckList list) {
    for (int type : new int[] {1003, 1004, 1005}) {
      String name = type == 1003 ? "FORWARD_ONLY" : type == 1004 ? "INSENSITIVE" : "SENSITIVE";
      list.add(
          "the questions about TYPE_" + name,
          "DatabaseMetaData.supportsResultSetType and the like",
          scene -> {
            DatabaseMetaData meta = scene.connection().getMetaData();
            boolean has = meta.supportsResultSetType(type);
            Expect.that(
                has || !meta.supportsResultSetConcurrency(type, ResultSet.CONCUR_READ_ONLY),
                "a concurrency of a type that is not supported");
            meta.ownUpdatesAreVisible(type);
            meta.ownDeletesAreVisible(type);
            meta.ownInsertsAreVisible(type);
            meta.othersUpdatesAreVisible(type);
            meta.othersDeletesAreVisible(type);
            meta.othersInsertsAreVisible(type);
            meta.updatesAreDetected(type);
            meta.deletesAreDetected(type);
            meta.insertsAreDetected(type);
          });
    }
    list.add(
        "TYPE_FORWARD_ONLY and CONCUR_READ_ONLY are there",
        "JDBC 15.1: the default result set",
        scene -> {
          DatabaseMetaData meta = scene.connection().getMetaData();
          Expect.that(meta.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY), "no forward only");
          Expect.that(
              meta.supportsResultSetConcurrency(
                  ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
              "no read only");
        });
    for (int level : new int[] {0, 1, 2, 4, 8}) {
      list.add(
          "supportsTransactionIsolationLevel " + level,
          "DatabaseMetaData.supportsTransactionIsolationLevel",
          scene ->
              Expect.that(
                  level != scene.connection().getMetaData().getDefaultTransactionIsolation()
                      || scene.connection().getMetaData().supportsTransactionIsolationLevel(level),
                  "the default is not supported"));
    }
    list.add(
        "supportsConvert of types",
        "DatabaseMetaData.supportsConvert(int, int)",
        scene ->
            scene
                .connection()
                .getMetaData()
                .supportsConvert(java.sql.Types.INTEGER, java.sql.Types.VARCHAR));
    list.add(
        "supportsResultSetHoldability",
        "DatabaseMetaData.getResultSetHoldability, supportsResultSetHoldability",
        scene -> {
          DatabaseMetaData meta = scene.connection().getMetaData();
          Expect.that(
              meta.supportsResultSetHoldability(meta.getResultSetHoldability()),
              "the default is not supported");
        });
  }

  private static void addTruths(CheckList list) {
    list.add(
        "getConnection is the connection",
        "DatabaseMetaData.getConnection",
        scene ->
            Expect.that(
                scene.connection().getMetaData().getConnection() == scene.connection(),
                "another connection"));
    list.add(
        "getURL is that of the connection",
        "DatabaseMetaData.getURL",
        scene -> {
          String url = scene.connection().getMetaData().getURL();
          Expect.that(url == null || url.startsWith("jdbc:"), "not a URL: " + url);
        });
    list.add(
        "JDBC version 4.2 or 4.3",
        "DatabaseMetaData.getJDBCMajorVersion; the drivers are for Java 8 or newer",
        scene -> {
          DatabaseMetaData meta = scene.connection().getMetaData();
          Expect.equal(4, meta.getJDBCMajorVersion());
          Expect.that(meta.getJDBCMinorVersion() >= 2, "4." + meta.getJDBCMinorVersion());
        });
    list.add(
        "getSearchStringEscape escapes",
        "DatabaseMetaData.getSearchStringEscape",
        scene -> {
          DatabaseMetaData meta = scene.connection().getMetaData();
          String name = scene.stored("conf_types");
          String escaped = name.replace("_", meta.getSearchStringEscape() + "_");
          Expect.that(meta.getTables(null, null, escaped, null).next(), "not found: " + escaped);
        });
    list.add(
        "the letters of identifiers hang together",
        "DatabaseMetaData.storesUpperCaseIdentifiers and its like",
        scene -> {
          DatabaseMetaData meta = scene.connection().getMetaData();
          int ways =
              (meta.storesUpperCaseIdentifiers() ? 1 : 0)
                  + (meta.storesLowerCaseIdentifiers() ? 1 : 0)
                  + (meta.storesMixedCaseIdentifiers() ? 1 : 0)
                  + (meta.supportsMixedCaseIdentifiers() ? 1 : 0);
          Expect.equal(1, ways);
        });
    list.add(
        "the quotes of identifiers quote",
        "DatabaseMetaData.getIdentifierQuoteString",
        scene -> {
          String quote = scene.connection().getMetaData().getIdentifierQuoteString();
          String sql = "SELECT 1 AS " + quote + "a b" + quote;
          Expect.equal("a b", scene.query(sql).getMetaData().getColumnLabel(1));
        });
  }
}
