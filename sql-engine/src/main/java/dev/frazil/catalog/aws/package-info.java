/**
 * Catalogs that services of AWS keep: the table of DynamoDB that Iceberg's DynamoDbCatalog uses,
 * and AWS Glue. Each is a {@link dev.frazil.catalog.PointerStore}; what a commit is, is decided
 * above.
 */
@NullMarked
package dev.frazil.catalog.aws;

import org.jspecify.annotations.NullMarked;
