package dev.frazil.engine;

import dev.frazil.catalog.SchemaName;
import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.ColumnsOf;
import dev.frazil.engine.Session.TableListing;
import dev.frazil.plan.ViewChange;
import dev.frazil.txn.Transaction;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.ViewMetadata;

/** Tables and views together, as metadata calls show them. */
final class RelationDescriptions {
  private RelationDescriptions() {}

  /** Tables, then views, as {@link Session#list} tells. */
  static List<TableListing> list(
      Predicate<TableIdentifier> tables,
      Predicate<TableIdentifier> views,
      boolean readComments,
      SessionTransaction session) {
    List<TableListing> listed =
        new ArrayList<>(TableDescriptions.list(tables, readComments, session));
    Transaction transaction = session.transaction();
    List<TableIdentifier> found = transaction.definitions().views().list(views);
    for (int from = 0; from < found.size(); from += TableDescriptions.TABLES_AT_ONCE) {
      List<TableIdentifier> some = part(found, from);
      if (readComments) {
        transaction.readAhead(some);
      }
      for (TableIdentifier identifier : some) {
        ViewMetadata view =
            readComments
                ? transaction.definitions().views().find(identifier).orElse(null)
                : transaction.definitions().views().known(identifier);
        listed.add(
            new TableListing(
                identifier, view == null ? null : ViewChange.comment(view.properties()), true));
      }
    }
    return listed;
  }

  /** The columns of tables and views, as {@link Session#columns} tells. */
  static List<ColumnsOf> columns(Predicate<TableIdentifier> wanted, SessionTransaction session) {
    List<ColumnsOf> described = new ArrayList<>();
    Transaction transaction = session.transaction();
    Set<TableIdentifier> views = new HashSet<>(transaction.definitions().views().list(wanted));
    List<TableIdentifier> all = new ArrayList<>(transaction.definitions().tables(wanted));
    all.addAll(views);
    all.sort(
        Comparator.comparing((TableIdentifier named) -> SchemaName.text(named.namespace()))
            .thenComparing(TableIdentifier::name));
    for (int from = 0; from < all.size(); from += TableDescriptions.TABLES_AT_ONCE) {
      List<TableIdentifier> some = part(all, from);
      transaction.readAhead(some);
      for (TableIdentifier identifier : some) {
        if (views.contains(identifier)) {
          transaction
              .definitions()
              .views()
              .find(identifier)
              .ifPresent(view -> described.add(new ColumnsOf(identifier, columns(view))));
        } else {
          TableDescriptions.find(identifier, session)
              .ifPresent(table -> described.add(new ColumnsOf(identifier, table.columns())));
        }
      }
    }
    return described;
  }

  private static List<TableIdentifier> part(List<TableIdentifier> all, int from) {
    return all.subList(from, Math.min(all.size(), from + TableDescriptions.TABLES_AT_ONCE));
  }

  /** As they are stored: nothing keeps the tables below from allowing nulls. */
  private static List<ColumnDescription> columns(ViewMetadata view) {
    List<ColumnDescription> columns = new ArrayList<>();
    for (Types.NestedField field : view.schema().columns()) {
      columns.add(
          new ColumnDescription(
              field.name(),
              TypeMapping.toSql(field.type()),
              true,
              field.doc(),
              null,
              columns.size() + 1));
    }
    return columns;
  }
}
