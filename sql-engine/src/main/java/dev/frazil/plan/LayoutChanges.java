package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.PartitionTransform;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableAlteration.OrderField;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The partition fields of a table, and the order of its rows, for rows written from now on. */
final class LayoutChanges {
  private final SqlText source;
  private final AlteredTable target;
  private final Table table;

  LayoutChanges(StatementContext context, AlteredTable target) {
    this.source = context.parsed().source();
    this.target = target;
    this.table = target.table();
  }

  /** A transform of a column that the table has. */
  private record Bound(
      Types.NestedField column, String name, Transform<?, ?> transform, Term term) {}

  private Bound bind(PartitionTransform field) {
    Types.NestedField column = target.paths().require(field.column());
    String name = target.paths().fullName(column);
    String transform =
        switch (field.transform()) {
          case "identity" -> "identity";
          case "bucket", "truncate" -> field.transform() + "[" + field.width() + "]";
          case "year", "years" -> "year";
          case "month", "months" -> "month";
          case "day", "days", "date" -> "day";
          case "hour", "hours" -> "hour";
          case "void" -> throw source.unsupported(field.offset(), "the transform void");
          default -> throw EngineException.internal("transform " + field.transform());
        };
    Transform<?, ?> bound = Transforms.fromString(transform);
    if (!bound.canTransform(column.type())) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "column \""
              + name
              + "\" of type "
              + column.type()
              + " has no transform "
              + field.transform()
              + " ("
              + source.position(field.offset())
              + ")");
    }
    Term term =
        switch (field.transform()) {
          case "identity" -> Expressions.ref(name);
          case "bucket" -> Expressions.bucket(name, field.width());
          case "truncate" -> Expressions.truncate(name, field.width());
          case "year", "years" -> Expressions.year(name);
          case "month", "months" -> Expressions.month(name);
          case "hour", "hours" -> Expressions.hour(name);
          default -> Expressions.day(name);
        };
    return new Bound(column, name, bound, term);
  }

  /** The partition field that holds a transform of a column, or null. */
  private @Nullable PartitionField find(Bound wanted) {
    for (PartitionField field : table.spec().fields()) {
      if (field.sourceId() == wanted.column().fieldId()
          && field.transform().toString().equals(wanted.transform().toString())) {
        return field;
      }
    }
    return null;
  }

  /** The partition field of a transform, or of that name. */
  private PartitionField require(PartitionTransform wanted) {
    if (wanted.transform().equals("identity") && wanted.column().parts().size() == 1) {
      String name = wanted.column().last().text();
      for (PartitionField field : table.spec().fields()) {
        if (field.name().equalsIgnoreCase(name) && !field.transform().isVoid()) {
          return field;
        }
      }
      if (target.paths().find(wanted.column()) == null) {
        throw missing(wanted);
      }
    }
    PartitionField found = find(bind(wanted));
    if (found == null) {
      throw missing(wanted);
    }
    return found;
  }

  private EngineException missing(PartitionTransform wanted) {
    List<String> fields =
        table.spec().fields().stream()
            .filter(field -> !field.transform().isVoid())
            .map(PartitionField::name)
            .toList();
    return new EngineException(
        SqlState.UNDEFINED_OBJECT,
        "table "
            + target.identifier()
            + " is not partitioned by "
            + (wanted.transform().equals("identity") ? "" : wanted.transform() + " of ")
            + "\""
            + wanted.column().describe()
            + "\" ("
            + source.position(wanted.offset())
            + "); its partition fields are "
            + fields);
  }

  /**
   * Fields that were dropped in version 1 stay, as void. From version 2 on Iceberg gives a field
   * that comes again its old id, which only one field may have: those must be gone then.
   */
  private static UpdatePartitionSpec updateSpec(Table now) {
    UpdatePartitionSpec update = now.updateSpec();
    if (TableUtil.formatVersion(now) > 1) {
      for (PartitionField field : now.spec().fields()) {
        if (field.transform().isVoid()) {
          update.removeField(field.name());
        }
      }
    }
    return update;
  }

  List<TableChange> add(TableAlteration.AddPartitionField add) {
    Bound bound = bind(add.field());
    if (find(bound) != null) {
      throw duplicate(bound, add.field());
    }
    requireFreeName(add.name(), add.field(), null);
    return List.of(new TableChange.Update(now -> add(updateSpec(now), bound, add.name())));
  }

  private EngineException duplicate(Bound bound, PartitionTransform field) {
    return new EngineException(
        SqlState.DUPLICATE_COLUMN,
        "table "
            + target.identifier()
            + " is partitioned by "
            + CreateTableText.transformed(bound.transform(), bound.name())
            + " already ("
            + source.position(field.offset())
            + ")");
  }

  private void requireFreeName(
      @Nullable Part name, PartitionTransform field, @Nullable PartitionField replaced) {
    if (name == null) {
      return;
    }
    boolean isTaken =
        ColumnPath.among(table.schema().columns(), name.text()) != null
            && !(field.transform().equals("identity")
                && field.column().describe().equalsIgnoreCase(name.text()));
    for (PartitionField other : table.spec().fields()) {
      isTaken |=
          other.name().equalsIgnoreCase(name.text())
              && !other.transform().isVoid()
              && !other.equals(replaced);
    }
    if (isTaken) {
      throw new EngineException(
          SqlState.DUPLICATE_COLUMN,
          "table "
              + target.identifier()
              + " has a column or partition field \""
              + name.text()
              + "\" already ("
              + source.position(field.offset())
              + ")");
    }
  }

  private static UpdatePartitionSpec add(
      UpdatePartitionSpec update, Bound bound, @Nullable Part name) {
    return name == null
        ? update.addField(bound.term())
        : update.addField(name.text(), bound.term());
  }

  List<TableChange> drop(TableAlteration.DropPartitionField drop) {
    String name = require(drop.field()).name();
    return List.of(new TableChange.Update(now -> updateSpec(now).removeField(name)));
  }

  List<TableChange> replace(TableAlteration.ReplacePartitionField replace) {
    PartitionField old = require(replace.old());
    Bound bound = bind(replace.field());
    PartitionField there = find(bound);
    if (there != null && !there.equals(old)) {
      throw duplicate(bound, replace.field());
    }
    requireFreeName(replace.name(), replace.field(), old);
    String name = old.name();
    @Nullable Part renamed = replace.name();
    if (there != null) {
      return renamed == null || renamed.text().equals(name)
          ? List.of()
          : List.of(
              new TableChange.Update(now -> updateSpec(now).renameField(name, renamed.text())));
    }
    return List.of(
        new TableChange.Update(
            now -> add(updateSpec(now).removeField(name), bound, replace.name())));
  }

  /** Drops the fields that are not named and adds those that are new. */
  List<TableChange> set(TableAlteration.SetPartitioning set) {
    List<PartitionField> dropped = new ArrayList<>(table.spec().fields());
    dropped.removeIf(field -> field.transform().isVoid());
    List<Bound> added = new ArrayList<>();
    for (PartitionTransform wanted : set.fields()) {
      Bound bound = bind(wanted);
      PartitionField there = find(bound);
      boolean isNamedTwice =
          added.stream()
              .anyMatch(
                  other ->
                      other.column().equals(bound.column())
                          && other.transform().equals(bound.transform()));
      if (isNamedTwice) {
        throw duplicate(bound, wanted);
      } else if (there == null) {
        added.add(bound);
      } else if (!dropped.remove(there)) {
        throw duplicate(bound, wanted);
      }
    }
    if (dropped.isEmpty() && added.isEmpty()) {
      return List.of();
    }
    return List.of(
        new TableChange.Update(
            now -> {
              UpdatePartitionSpec update = updateSpec(now);
              dropped.forEach(field -> update.removeField(field.name()));
              added.forEach(bound -> update.addField(bound.term()));
              return update;
            }));
  }

  List<TableChange> order(TableAlteration.SetWriteOrder set) {
    List<TableChange> changes = new ArrayList<>();
    record Sorted(Term term, OrderField field) {}
    List<Sorted> fields = new ArrayList<>();
    for (OrderField field : set.order()) {
      Bound bound = bind(field.field());
      if (!bound.column().type().isPrimitiveType()) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "rows have no order by column \""
                + bound.name()
                + "\", of type "
                + bound.column().type());
      }
      fields.add(new Sorted(bound.term(), field));
    }
    changes.add(
        new TableChange.Update(
            now -> {
              ReplaceSortOrder order = now.replaceSortOrder();
              for (Sorted sorted : fields) {
                NullOrder nulls =
                    sorted.field().nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST;
                if (sorted.field().descending()) {
                  order.desc(sorted.term(), nulls);
                } else {
                  order.asc(sorted.term(), nulls);
                }
              }
              return order;
            }));
    @Nullable String distribution = set.distribution();
    if (distribution != null) {
      changes.add(
          new TableChange.Update(
              now ->
                  now.updateProperties()
                      .set(TableProperties.WRITE_DISTRIBUTION_MODE, distribution)));
    }
    return changes;
  }
}
