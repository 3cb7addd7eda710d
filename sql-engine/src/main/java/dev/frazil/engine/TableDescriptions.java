package dev.frazil.engine;

import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.engine.Session.TableListing;
import dev.frazil.plan.DefaultValues;
import dev.frazil.plan.TableLayout;
import dev.frazil.plan.UniqueKey;
import dev.frazil.txn.Transaction;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;

/** Tables as metadata calls show them. */
final class TableDescriptions {
  /**
   * How many tables are read side by side, and held at once beyond what the catalog keeps: enough
   * for all connections to the store, few enough for tables of many snapshots.
   */
  static final int TABLES_AT_ONCE = 64;

  /** The property of a table that its comment is, as in Spark. */
  private static final String COMMENT = "comment";

  private TableDescriptions() {}

  static Optional<TableDescription> find(
      TableIdentifier identifier, SessionTransaction transaction) {
    return transaction.load(identifier).map(table -> of(identifier, table));
  }

  static List<TableListing> list(
      Predicate<TableIdentifier> wanted, boolean readComments, SessionTransaction session) {
    Transaction transaction = session.transaction();
    List<TableListing> listed = new ArrayList<>();
    if (readComments) {
      describe(
          wanted,
          session,
          table -> listed.add(new TableListing(table.identifier(), table.comment())));
      return listed;
    }
    for (TableIdentifier identifier : transaction.definitions().tables(wanted)) {
      TableMetadata known = transaction.knownMetadata(identifier);
      listed.add(
          new TableListing(identifier, known == null ? null : known.properties().get(COMMENT)));
    }
    return listed;
  }

  /** Answers how many there are. */
  static int describe(
      Predicate<TableIdentifier> wanted,
      SessionTransaction session,
      Consumer<TableDescription> each) {
    Transaction transaction = session.transaction();
    List<TableIdentifier> tables = transaction.definitions().tables(wanted);
    for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
      List<TableIdentifier> some =
          tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE));
      transaction.readAhead(some);
      for (TableIdentifier identifier : some) {
        find(identifier, session).ifPresent(each);
      }
    }
    return tables.size();
  }

  private static TableDescription of(TableIdentifier identifier, Table table) {
    List<ColumnDescription> columns = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      columns.add(
          new ColumnDescription(
              field.name(),
              TypeMapping.toSql(field.type()),
              field.isOptional(),
              field.doc(),
              DefaultValues.text(table, field),
              columns.size() + 1));
    }
    List<String> primaryKey =
        UniqueKey.primaryKey(table).stream().map(Types.NestedField::name).toList();
    return new TableDescription(
        identifier,
        table,
        table.properties().get(COMMENT),
        columns,
        primaryKey,
        TableLayout.of(identifier.name(), table));
  }
}
