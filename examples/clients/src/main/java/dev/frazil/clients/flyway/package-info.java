/** Frazil in Flyway; see {@code docs/guides/migrations.md}. */
@NullMarked
package dev.frazil.clients.flyway;

import org.jspecify.annotations.NullMarked;
