package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.ChangedTable;
import dev.frazil.plan.parser.ProcedureText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * {@code TABLE(system.table_changes('t', from, to))} to the snapshots that it asks for: those that
 * lead to {@code to}, without {@code from} and what leads there. Each is a snapshot's id, the name
 * of a branch or tag, or a time; a null {@code from} is the time before the first snapshot, a null
 * {@code to} the table of now.
 */
final class ChangeFeed {
  static final String TYPE = "_change_type";
  static final String ORDINAL = "_change_ordinal";
  static final String SNAPSHOT = "_commit_snapshot_id";
  static final String TIME = "_commit_timestamp";

  private final ChangedTable call;
  private final TableNames.Found found;
  private final List<String> name;
  private final StatementContext context;

  private ChangeFeed(
      ChangedTable call, TableNames.Found found, List<String> name, StatementContext context) {
    this.call = call;
    this.found = found;
    this.name = name;
    this.context = context;
  }

  static ChangeScan resolve(ChangedTable call, StatementContext context) {
    TableName parsed = ProcedureText.tableName(call.table());
    TableName name = new TableName(parsed.parts(), call.offset());
    TableNames.Found found = context.names().require(name, context.parsed().source());
    if (MetadataScan.isMetadata(found.table())) {
      throw context
          .parsed()
          .source()
          .unsupported(call.offset(), "the changes of the metadata table " + found.identifier());
    }
    return new ChangeFeed(call, found, name.texts(), context).scan();
  }

  private ChangeScan scan() {
    Object to = value(call.to());
    TableHandle now = context.references().find(name);
    if (now == null) {
      throw EngineException.internal("no table " + found.identifier());
    }
    TableHandle handle = to == null || to == ConstantSource.UNKNOWN ? now : state((String) to);
    Object from = value(call.from());
    List<Long> snapshotIds =
        handle.snapshotId() == null
            ? List.of()
            : between(
                from == ConstantSource.UNKNOWN ? null : (String) from,
                handle.table(),
                handle.snapshotId());
    List<ScanColumn> scanned = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Types.NestedField field : handle.schema().columns()) {
      // a column that is required now may be missing in rows of before
      Column column = new Column(field.name(), TypeMapping.toSql(field.type()), true);
      scanned.add(new ScanColumn.TableColumn(field.fieldId(), column));
      columns.add(column);
    }
    scanned.add(
        new ScanColumn.RowPosition(
            new Column(CatalogTable.POSITION_COLUMN, Primitive.BIGINT, false)));
    if (MetadataColumns.hasRowLineage(found.table())) {
      scanned.add(
          new ScanColumn.RowId(new Column(CatalogTable.ROW_ID_COLUMN, Primitive.BIGINT, true)));
      scanned.add(new ScanColumn.LastUpdated(new Column("$last", Primitive.BIGINT, true)));
    }
    boolean appends = call.function() == ChangedTable.Function.APPENDS;
    if (!appends) {
      columns.add(new Column(TYPE, Primitive.VARCHAR, false));
      columns.add(new Column(ORDINAL, Primitive.INTEGER, false));
      columns.add(new Column(SNAPSHOT, Primitive.BIGINT, false));
      columns.add(new Column(TIME, Primitive.TIMESTAMP_WITH_TIME_ZONE, false));
    }
    ChangeScan.Kind kind =
        appends ? ChangeScan.Kind.APPENDS : call.net() ? ChangeScan.Kind.NET : ChangeScan.Kind.EACH;
    return new ChangeScan(handle, scanned, snapshotIds, kind, columns);
  }

  /** The text of an argument; null where it is missing or null. */
  private @Nullable Object value(@Nullable Slice argument) {
    return argument == null ? null : context.constant(argument, "VARCHAR");
  }

  /** The snapshots from behind {@code from} up to {@code to}, in the order of their commits. */
  private List<Long> between(@Nullable String from, Table table, long to) {
    Long last = from == null || isTime(from) ? null : state(from).snapshotId();
    long micros = from == null || last != null ? Long.MIN_VALUE : micros(from);
    List<Long> ids = new ArrayList<>();
    Long id = to;
    while (id != null) {
      Snapshot snapshot = table.snapshot(id);
      if (snapshot == null) {
        throw failure(
            last == null && from == null
                ? "the first snapshots of the table "
                    + found.identifier()
                    + " have expired: tell from which snapshot or time on the changes are wanted"
                : "snapshots of the table "
                    + found.identifier()
                    + " between '"
                    + from
                    + "' and the last one that is wanted have expired");
      }
      if (id.equals(last) || snapshot.timestampMillis() * 1000 <= micros) {
        Collections.reverse(ids);
        return ids;
      }
      ids.add(id);
      id = snapshot.parentId();
    }
    if (last != null) {
      throw failure(
          "the snapshot "
              + last
              + " of the table "
              + found.identifier()
              + " does not lead to "
              + to);
    }
    Collections.reverse(ids);
    return ids;
  }

  /** What the text names: a branch or tag, a snapshot's id, or the last snapshot at a time. */
  private TableHandle state(String text) {
    if (isTime(text)) {
      return TimeTravel.at(found, context, micros(text), text);
    }
    Table table = found.table();
    Long id = table.refs().containsKey(text) ? null : TableReferences.snapshotId(text);
    if (id != null && table.snapshot(id) == null) {
      throw failure(
          "the table " + found.identifier() + " has no snapshot " + text + ", or it has expired");
    }
    return context.references().named(found, text);
  }

  private boolean isTime(String text) {
    return !found.table().refs().containsKey(text)
        && TimeLiterals.instantMicros(text, context.settings().timeZone()) != null;
  }

  private long micros(String text) {
    Long micros = TimeLiterals.instantMicros(text, context.settings().timeZone());
    if (micros == null) {
      throw EngineException.internal("no time: " + text);
    }
    return micros;
  }

  private EngineException failure(String problem) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        problem + " (" + context.parsed().source().position(call.offset()) + ")");
  }
}
