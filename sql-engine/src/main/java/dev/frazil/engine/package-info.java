/**
 * The facade that the driver talks to: sessions, statements, cursors.
 *
 * <p>The path of a statement: {@code SessionQuery} asks the session for its transaction ({@code
 * SessionTransaction}, pinned to a snapshot of the database by the first look at a table), plans on
 * the tables that it shows or carries a known plan over to them ({@code PlanBinding}), and either
 * opens a cursor over the operators or hands the plan to {@code StatementExecutor}, which writes
 * files and adds them to the transaction. In autocommit the statement then commits, and runs again
 * on the newest state when another commit came first; inside a transaction that is 40001.
 *
 * <p>A statement that fails leaves its transaction as it was: what it wrote is added to the
 * transaction in one step at its end, and removed by package {@code maintenance} otherwise. Nothing
 * is removed once a commit was sent.
 */
@NullMarked
package dev.frazil.engine;

import org.jspecify.annotations.NullMarked;
