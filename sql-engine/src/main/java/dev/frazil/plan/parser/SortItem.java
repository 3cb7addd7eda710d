package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.PartitionField;

/**
 * A field of a table's sort order.
 *
 * @param field the column or its transform
 * @param nullsFirst where nulls stand; without a word the lowest come first: in ascending order
 */
public record SortItem(PartitionField field, boolean descending, boolean nullsFirst) {}
