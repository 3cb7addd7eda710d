/** Frazil in Liquibase; see {@code docs/guides/migrations.md}. */
@NullMarked
package dev.frazil.clients.liquibase;

import org.jspecify.annotations.NullMarked;
