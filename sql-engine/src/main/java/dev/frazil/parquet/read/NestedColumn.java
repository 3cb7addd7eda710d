package dev.frazil.parquet.read;

import dev.frazil.vector.ColumnVector;
import java.util.List;

/** A requested struct, list or map. */
final class NestedColumn implements ColumnSource {
  private final NestedNode root;
  private final List<NestedLeaf> leaves;

  NestedColumn(NestedNode root, List<NestedLeaf> leaves) {
    this.root = root;
    this.leaves = List.copyOf(leaves);
  }

  @Override
  public void seek(long row) {
    for (NestedLeaf leaf : leaves) {
      leaf.seek(row);
    }
  }

  @Override
  public ColumnVector read(int rows) {
    for (NestedLeaf leaf : leaves) {
      leaf.read(rows);
    }
    return root.assemble(0, 0, rows);
  }
}
