package dev.frazil.plan;

import java.util.List;

/** A join of two inputs, by whichever algorithm. */
public sealed interface JoinNode extends PhysicalNode
    permits PhysicalNode.HashJoin, PhysicalNode.NestedLoopJoin {

  PhysicalNode left();

  PhysicalNode right();

  JoinKind kind();

  @Override
  default List<Column> columns() {
    return kind().columns(left(), right());
  }

  @Override
  default int columnCount() {
    return (kind().givesRightOnly() ? 0 : left().columnCount())
        + (kind().givesLeftOnly() ? 0 : right().columnCount());
  }

  @Override
  default List<PhysicalNode> inputs() {
    return List.of(left(), right());
  }
}
