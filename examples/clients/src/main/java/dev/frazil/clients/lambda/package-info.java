/** Frazil in AWS Lambda; see {@code docs/guides/aws-lambda.md}. */
@NullMarked
package dev.frazil.clients.lambda;

import org.jspecify.annotations.NullMarked;
