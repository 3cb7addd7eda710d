package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement;
import dev.frazil.txn.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs CREATE SCHEMA and ALTER SCHEMA within a transaction. Stateless. */
final class SchemaExecution {
  private SchemaExecution() {}

  static void create(PlannedStatement.CreateSchema create, SessionTransaction transaction) {
    transaction.prepareWrite("CREATE SCHEMA");
    if (!create.ifNotExists() || !transaction.hasSchema(create.schema())) {
      transaction.transaction().definitions().createSchema(create.schema(), create.properties());
    }
  }

  static void alter(PlannedStatement.AlterSchema alter, SessionTransaction transaction) {
    transaction.prepareWrite("ALTER SCHEMA");
    Transaction changes = transaction.transaction();
    Map<String, String> properties =
        new LinkedHashMap<>(changes.definitions().schemaProperties(alter.schema()));
    properties.putAll(alter.set());
    alter.removed().forEach(properties::remove);
    changes.definitions().changeSchema(alter.schema(), properties);
  }
}
