package dev.frazil.plan;

import dev.frazil.plan.parser.LikeClause;
import dev.frazil.plan.parser.LikeClause.Part;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SortItem;
import dev.frazil.plan.parser.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Types;

/** What a new table takes from one that it is like. */
record LikePlanner(LikeClause clause, Table model) {
  /** Where the other table keeps its files is its own affair. */
  private static final String PATH_SUFFIX = ".path";

  /** 42P01 without such a table, 0A000 for one that is made of metadata. */
  static LikePlanner of(LikeClause clause, StatementContext context) {
    TableNames.Found found = context.names().require(clause.table(), context.parsed().source());
    if (!(found.table() instanceof BaseTable)) {
      throw context
          .parsed()
          .source()
          .unsupported(clause.table().offset(), "CREATE TABLE ... LIKE a metadata table");
    }
    return new LikePlanner(clause, found.table());
  }

  boolean takes(Part part) {
    return clause.parts().contains(part);
  }

  /** Whether partitioning, sort order and format version are taken over. */
  boolean takesLayout() {
    return clause.whole() || takes(Part.PROPERTIES);
  }

  /**
   * A column of the model as one of the new table; defaults of rows that were there before a column
   * was added mean nothing to it.
   */
  Types.NestedField column(Types.NestedField field) {
    Types.NestedField.Builder column =
        Types.NestedField.builder()
            .withId(field.fieldId())
            .withName(field.name())
            .isOptional(field.isOptional())
            .ofType(field.type());
    if (takes(Part.COMMENTS)) {
      column.withDoc(field.doc());
    }
    if (takes(Part.DEFAULTS)) {
      column.withWriteDefault(field.writeDefaultLiteral());
    }
    return column.build();
  }

  /** Properties with the field ids of the new table's columns, which have the model's names. */
  Map<String, String> properties(Schema schema) {
    Map<String, String> own = model.properties();
    Map<String, String> taken = new LinkedHashMap<>();
    if (takes(Part.PROPERTIES)) {
      taken.putAll(DefinitionProperties.others(own));
      taken.keySet().removeIf(key -> key.endsWith(PATH_SUFFIX));
    }
    if (takesLayout()) {
      taken.put(TableProperties.FORMAT_VERSION, Integer.toString(formatVersion()));
    }
    own.forEach(
        (key, value) -> {
          boolean isTaken =
              (takes(Part.CONSTRAINTS) && DefinitionProperties.isConstraint(key))
                  || (takes(Part.DEFAULTS) && DefinitionProperties.isDefault(key))
                  || (clause.whole() && takes(Part.COMMENTS) && key.equals("comment"));
          if (isTaken) {
            taken.put(key, value);
          }
        });
    return DefinitionProperties.renumbered(taken, model.schema(), schema);
  }

  private int formatVersion() {
    int version = ((HasTableOperations) model).operations().current().formatVersion();
    return Math.max(version, 2); // what Frazil writes
  }

  /** The partitioning of the model, in words of the statement. */
  List<PartitionField> partitioning() {
    return model.spec().fields().stream()
        .filter(field -> !field.transform().isVoid())
        .map(field -> field(field.transform(), field.sourceId()))
        .toList();
  }

  /** The sort order of the model, in words of the statement. */
  List<SortItem> sortOrder() {
    return model.sortOrder().fields().stream()
        .map(
            field ->
                new SortItem(
                    field(field.transform(), field.sourceId()),
                    field.direction() == SortDirection.DESC,
                    field.nullOrder() == NullOrder.NULLS_FIRST))
        .toList();
  }

  private PartitionField field(Transform<?, ?> transform, int sourceId) {
    String text = transform.toString();
    int bracket = text.indexOf('[');
    int width = bracket < 0 ? -1 : Integer.parseInt(text.substring(bracket + 1, text.length() - 1));
    TableName.Part column = new TableName.Part(model.schema().findColumnName(sourceId), true);
    String name = bracket < 0 ? text : text.substring(0, bracket);
    return new PartitionField(name, column, width, clause.table().offset());
  }
}
