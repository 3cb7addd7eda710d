/** Isolation: what a transaction reads and writes, and how both are validated when it commits. */
@NullMarked
package dev.frazil.txn;

import org.jspecify.annotations.NullMarked;
