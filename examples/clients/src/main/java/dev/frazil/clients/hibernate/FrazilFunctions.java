package dev.frazil.clients.hibernate;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.dialect.function.CommonFunctionFactory;

/** The functions that HQL knows beyond those of every database, by Frazil's names of them. */
final class FrazilFunctions {
  private FrazilFunctions() {}

  static void contribute(FunctionContributions contributions) {
    CommonFunctionFactory functions = new CommonFunctionFactory(contributions);
    functions.round();
    functions.trunc_dateTrunc();
    functions.cot();
    functions.cbrt();
    functions.square();
    functions.degrees();
    functions.radians();
    functions.log10();
    functions.log2();
    functions.pi();
    functions.rand();
    functions.sinh();
    functions.cosh();
    functions.tanh();
    functions.moreHyperbolic();
    functions.median();
    functions.stddev();
    functions.stddevPopSamp();
    functions.variance();
    functions.varPopSamp();
    functions.covarPopSamp();
    functions.corr();
    functions.regrLinearRegressionAggregates();
    functions.locate_positionSubstring();
    functions.soundex();
    functions.trim1();
    functions.initcap();
    functions.reverse();
    functions.repeat();
    functions.translate();
    functions.ascii();
    functions.char_chr();
    functions.bitandorxornot_operator();
    functions.everyAny_boolAndOr();
    functions.yearMonthDay();
    functions.hourMinuteSecond();
    functions.weekQuarter();
    functions.daynameMonthname();
    functions.addMonths();
    functions.dateTrunc();
    functions.format_toChar();
    functions.regexpLike();
    functions.listagg_stringAgg("varchar");
    functions.inverseDistributionOrderedSetAggregates();
    functions.hypotheticalOrderedSetAggregates();
    functions.windowFunctions();
    functions.array_postgresql();
    functions.arrayAggregate();
    functions.arrayContains_postgresql();
    functions.arrayIntersects_postgresql();
    functions.arrayPosition_postgresql();
    functions.arrayLength_cardinality();
    functions.arrayGet_bracket();
    functions.arrayConcat_operator();
    functions.arrayReplace();
    functions.arrayRemove();
  }
}
