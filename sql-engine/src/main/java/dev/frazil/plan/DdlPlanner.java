package dev.frazil.plan;

import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import org.apache.iceberg.catalog.Namespace;

/** CREATE and ALTER SCHEMA, and DROP. */
final class DdlPlanner {
  private final StatementContext context;
  private final SqlText source;

  DdlPlanner(StatementContext context) {
    this.context = context;
    this.source = context.parsed().source();
  }

  PlannedStatement createSchema(ParsedStatement.CreateSchema create) {
    return new PlannedStatement.CreateSchema(
        namespace(create.name()), create.ifNotExists(), create.properties());
  }

  PlannedStatement alterSchema(ParsedStatement.AlterSchema alter) {
    return new PlannedStatement.AlterSchema(
        context.names().requireSchema(alter.name(), source), alter.set(), alter.removed());
  }

  PlannedStatement dropSchema(ParsedStatement.DropSchema drop) {
    Namespace wanted = namespace(drop.name());
    Namespace found = context.names().findSchema(wanted);
    if (found == null && !drop.ifExists()) {
      found = context.names().requireSchema(drop.name(), source);
    }
    return new PlannedStatement.DropSchema(
        found == null ? wanted : found, drop.ifExists(), drop.cascade());
  }

  PlannedStatement dropTable(ParsedStatement.DropTable drop) {
    if (drop.ifExists()) {
      TableNames.Found found = context.names().find(drop.name().texts());
      if (found == null && context.names().findView(drop.name().texts()) != null) {
        found = context.names().require(drop.name(), source);
      }
      return new PlannedStatement.DropTable(
          found == null
              ? context.names().identifierIfAbsent(drop.name().texts())
              : found.identifier(),
          true,
          drop.purge());
    }
    return new PlannedStatement.DropTable(
        context.names().require(drop.name(), source).identifier(), false, drop.purge());
  }

  private static Namespace namespace(TableName name) {
    return Namespace.of(name.texts().toArray(new String[0]));
  }
}
