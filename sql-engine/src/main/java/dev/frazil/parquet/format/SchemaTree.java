package dev.frazil.parquet.format;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Builds the tree of {@link SchemaNode}s from the flat list of a footer. */
final class SchemaTree {
  private final String location;
  private final List<SchemaElement> elements;
  private final List<SchemaNode> leaves = new ArrayList<>();
  private int next;

  private SchemaTree(String location, List<SchemaElement> elements) {
    this.location = location;
    this.elements = elements;
  }

  /** The root; its leaves are appended to {@code leaves} in the order of the column chunks. */
  static SchemaNode build(String location, List<SchemaElement> elements, List<SchemaNode> leaves) {
    if (elements.isEmpty() || elements.size() > ParquetLimits.MAX_SCHEMA_NODES) {
      throw CorruptFile.error(location, "a schema of " + elements.size() + " nodes");
    }
    SchemaTree tree = new SchemaTree(location, elements);
    SchemaNode root = tree.node("", 0, 0, 0);
    if (tree.next != elements.size()) {
      throw CorruptFile.error(location, "schema nodes that belong to no group");
    }
    leaves.addAll(tree.leaves);
    return root;
  }

  private SchemaNode node(String parentPath, int definition, int repetition, int depth) {
    if (next >= elements.size() || depth > ParquetLimits.MAX_SCHEMA_DEPTH) {
      throw CorruptFile.error(location, "a schema with missing or too deep nodes");
    }
    SchemaElement element = elements.get(next++);
    boolean isRoot = depth == 0;
    String path =
        isRoot
            ? ""
            : parentPath.isEmpty() ? element.getName() : parentPath + "." + element.getName();
    int maxDefinition = definition;
    int maxRepetition = repetition;
    if (!isRoot) {
      FieldRepetitionType kind = element.getRepetition_type();
      if (kind == null) {
        throw CorruptFile.error(location, "schema node " + path + " without repetition");
      }
      maxDefinition += kind == FieldRepetitionType.REQUIRED ? 0 : 1;
      maxRepetition += kind == FieldRepetitionType.REPEATED ? 1 : 0;
    }
    int fieldId = element.isSetField_id() ? element.getField_id() : SchemaNode.NO_ID;
    if (element.isSetType() && !isRoot) {
      SchemaNode leaf =
          new SchemaNode(
              element, path, fieldId, maxDefinition, maxRepetition, leaves.size(), List.of());
      leaves.add(leaf);
      return leaf;
    }
    int childCount = element.getNum_children();
    // A group without fields can hold nothing; only the root of an empty table may be one.
    if (childCount < 0 || (childCount == 0 && !isRoot) || childCount > elements.size() - next) {
      throw CorruptFile.error(location, "schema node " + path + " of " + childCount + " children");
    }
    List<SchemaNode> children = new ArrayList<>();
    for (int i = 0; i < childCount; i++) {
      children.add(node(path, maxDefinition, maxRepetition, depth + 1));
    }
    return new SchemaNode(
        element, path, fieldId, maxDefinition, maxRepetition, SchemaNode.NO_LEAF, children);
  }
}
