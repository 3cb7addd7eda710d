package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.DefinitionProperties;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.parser.TableMode;
import dev.frazil.storage.LocationGuard;
import dev.frazil.txn.Savepoint;
import dev.frazil.txn.Transaction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.TypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Runs CREATE TABLE and its like. A table that is made anew keeps its identity and its history, as
 * with Iceberg's replace transaction: columns of the same name keep their field ids, properties
 * that the statement does not name stay, but those of the definition. One thread, used once.
 */
final class TableCreation {
  private final StatementExecutor executor;
  private final SessionTransaction transaction;
  private final QueryContext context;

  TableCreation(StatementExecutor executor, SessionTransaction transaction, QueryContext context) {
    this.executor = executor;
    this.transaction = transaction;
    this.context = context;
  }

  /** How many rows the table got. */
  long run(PlannedStatement.CreateTable create) {
    transaction.prepareWrite(create.mode().replaces() ? "REPLACE TABLE" : "CREATE TABLE");
    Transaction changes = transaction.transaction();
    Table present =
        create.mode() == TableMode.CREATE ? null : changes.load(create.identifier()).orElse(null);
    if (present != null && create.mode() == TableMode.IF_NOT_EXISTS) {
      changes.reads().name(create.identifier());
      return 0;
    }
    if (present == null && create.mode() == TableMode.REPLACE) {
      throw new EngineException(
          SqlState.UNDEFINED_TABLE, "the table " + create.identifier() + " does not exist");
    }
    refuseClassNames(create.properties());
    Savepoint before = changes.savepoint();
    boolean done = false;
    try {
      Table table =
          present == null
              ? changes
                  .definitions()
                  .createTable(
                      create.identifier(),
                      create.schema(),
                      create.partitioning(),
                      create.sortOrder(),
                      create.properties(),
                      create.location())
              : replace(create, present);
      PhysicalNode source = create.source();
      long rows =
          source == null
              ? 0
              : executor.fill(create.identifier(), table, source, transaction, context);
      done = true;
      return rows;
    } finally {
      if (!done) {
        changes.rollbackTo(before);
      }
    }
  }

  private Table replace(PlannedStatement.CreateTable create, Table present) {
    requireSameLocation(create.location(), present);
    return transaction
        .transaction()
        .definitions()
        .replaceTable(create.identifier(), base -> replacement(create, base));
  }

  private static TableMetadata replacement(
      PlannedStatement.CreateTable create, TableMetadata base) {
    // The ids that Iceberg is about to give out, for the properties that name columns by theirs.
    AtomicInteger lastId = new AtomicInteger(base.lastColumnId());
    Schema schema =
        TypeUtil.assignFreshIds(create.schema(), base.schema(), lastId::incrementAndGet);
    Map<String, String> properties =
        new LinkedHashMap<>(
            DefinitionProperties.renumbered(create.properties(), create.schema(), schema));
    TableMetadata replaced =
        base.buildReplacement(
            create.schema(),
            create.partitioning(),
            create.sortOrder(),
            base.location(),
            properties);
    if (!replaced.schema().sameSchema(schema)) {
      throw EngineException.internal("the field ids of a replaced table");
    }
    Map<String, String> kept = new LinkedHashMap<>(replaced.properties());
    kept.keySet()
        .removeIf(key -> DefinitionProperties.defines(key) && !properties.containsKey(key));
    return replaced.replaceProperties(kept);
  }

  private static void requireSameLocation(@Nullable String location, Table present) {
    if (location != null
        && !LocationGuard.normalise(location).equals(LocationGuard.normalise(location(present)))) {
      throw EngineException.unsupported(
          "REPLACE TABLE with a LOCATION other than that of the table, " + location(present) + ",");
    }
  }

  private static String location(Table table) {
    return ((HasTableOperations) table).operations().current().location();
  }

  /** No property of a table may name a class that readers would load. */
  private static void refuseClassNames(Map<String, String> properties) {
    for (String property : properties.keySet()) {
      String name = property.toLowerCase(Locale.ROOT);
      if (name.endsWith("impl") || name.endsWith("factory") || name.endsWith("class")) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the table property '"
                + property
                + "' names a class, which is not allowed; leave it out");
      }
    }
  }
}
