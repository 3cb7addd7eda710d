package dev.frazil.parquet.format;

import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * A node of a file's schema.
 *
 * @param element as the file states it
 * @param path names from below the root, joined by dots
 * @param fieldId {@link #NO_ID} when the file gives none
 * @param maxDefinition definition level at which this node is present
 * @param maxRepetition repeated nodes on the way here, this one included
 * @param leaf ordinal among the leaves, {@link #NO_LEAF} for a group
 */
public record SchemaNode(
    SchemaElement element,
    String path,
    int fieldId,
    int maxDefinition,
    int maxRepetition,
    int leaf,
    List<SchemaNode> children) {
  public static final int NO_ID = -1;
  public static final int NO_LEAF = -1;

  public SchemaNode {
    children = List.copyOf(children);
  }

  public String name() {
    return element.getName();
  }

  public boolean isLeaf() {
    return leaf != NO_LEAF;
  }

  public boolean isRepeated() {
    return element.getRepetition_type() == FieldRepetitionType.REPEATED;
  }

  public boolean isOptional() {
    return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
  }

  /** Whether this node or one below it has a field id. */
  public boolean hasIds() {
    return fieldId != NO_ID || children.stream().anyMatch(SchemaNode::hasIds);
  }

  /** The same node, and all below it, without field ids. */
  public SchemaNode withoutIds() {
    return new SchemaNode(
        element,
        path,
        NO_ID,
        maxDefinition,
        maxRepetition,
        leaf,
        children.stream().map(SchemaNode::withoutIds).toList());
  }

  /** The first leaf at or below this node. */
  public SchemaNode firstLeaf() {
    SchemaNode node = this;
    while (!node.isLeaf()) {
      node = node.children.get(0);
    }
    return node;
  }
}
