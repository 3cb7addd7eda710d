package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code unwrap} and {@code isWrapperFor} of each object that has them. */
final class WrapperChecks {
  private WrapperChecks() {}

  private interface Opening {
    Wrapper of(Scene scene) throws Exception;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("wrappers");
    Map<Class<?>, Opening> objects = new LinkedHashMap<>();
    objects.put(Connection.class, Scene::connection);
    objects.put(Statement.class, Scene::statement);
    objects.put(
        PreparedStatement.class, scene -> scene.prepare("SELECT x FROM conf_rows WHERE x = ?"));
    objects.put(ResultSet.class, scene -> scene.query("SELECT 1 AS a"));
    objects.put(ResultSetMetaData.class, scene -> scene.query("SELECT 1 AS a").getMetaData());
    objects.put(
        ParameterMetaData.class,
        scene -> scene.prepare("SELECT x FROM conf_rows WHERE x = ?").getParameterMetaData());
    objects.put(DatabaseMetaData.class, scene -> scene.connection().getMetaData());
    objects.forEach(
        (type, opening) -> {
          String name = type.getSimpleName();
          list.add(
              "isWrapperFor of " + name,
              "Wrapper.isWrapperFor: true if this implements the" + " interface",
              scene -> Expect.equal(true, opening.of(scene).isWrapperFor(type)));
          list.add(
              "unwrap of " + name,
              "Wrapper.unwrap: if the receiver implements the interface,"
                  + " the result is the receiver",
              scene ->
                  Expect.that(type.isInstance(opening.of(scene).unwrap(type)), "another class"));
          list.add(
              "isWrapperFor of " + name + " for nonsense",
              "Wrapper.isWrapperFor: false",
              scene -> Expect.equal(false, opening.of(scene).isWrapperFor(Runnable.class)));
          list.add(
              "unwrap of " + name + " to nonsense",
              "Wrapper.unwrap: SQLException if no object" + " implements the interface",
              scene -> {
                Wrapper wrapper = opening.of(scene);
                Expect.fails(() -> wrapper.unwrap(Runnable.class));
              });
        });
    return list.checks();
  }
}
