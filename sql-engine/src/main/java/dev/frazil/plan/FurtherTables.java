package dev.frazil.plan;

import dev.frazil.plan.parser.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a statement names beside its target, for RETURNING.
 *
 * @param alias the name of the target
 * @param tables the others as they stand in the statement; null for none
 * @param first whether their columns come before those of the target
 */
record FurtherTables(String alias, @Nullable Slice tables, boolean first) {}
