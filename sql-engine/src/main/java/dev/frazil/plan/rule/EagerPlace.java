package dev.frazil.plan.rule;

import java.util.BitSet;
import java.util.List;

/**
 * Where below a join rows are grouped.
 *
 * @param path the input to take at each node from the join down
 * @param source for each column of the join, that of the node at the place, or -1
 * @param keys columns of the node: those that anything above reads
 * @param early the calls that are made of results over the groups; the others ignore duplicates
 * @param groups how many groups there are, a guess
 * @param share of the rows, that many are left
 */
record EagerPlace(
    List<Integer> path, int[] source, BitSet keys, BitSet early, double groups, double share) {}
