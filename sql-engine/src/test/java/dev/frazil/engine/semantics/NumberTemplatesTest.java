package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** {@code to_char} and {@code to_number}: the table of examples in PostgreSQL's manual, 9.8. */
class NumberTemplatesTest extends SqlExpressions {

  @Test
  void digitsPointsAndGroups() {
    gives(
        "to_char(12, '9990999.9')", "    0012.0",
        "to_char(12, 'FM9990999.9')", "0012.",
        "to_char(485, '999')", " 485",
        "to_char(-485, '999')", "-485",
        "to_char(485, '9 9 9')", " 4 8 5",
        "to_char(1485, '9,999')", " 1,485",
        "to_char(1485, '9G999')", " 1,485",
        "to_char(148.5, '999.999')", " 148.500",
        "to_char(148.5, 'FM999.999')", "148.5",
        "to_char(148.5, 'FM999.990')", "148.500",
        "to_char(3148.5, '9G999D999')", " 3,148.500",
        "to_char(125.8e0, '999D9')", " 125.8",
        "to_char(12345, '999')", " ###");
  }

  @Test
  void zerosAndSigns() {
    gives(
        "to_char(-0.1, '99.99')", "  -.10",
        "to_char(-0.1, 'FM9.99')", "-.1",
        "to_char(0.1, '0.9')", " 0.1",
        "to_char(0, '9.99')", "  .00",
        "to_char(0, 'FM9.99')", "0.",
        "to_char(0, 'FM999.9')", "0.",
        "to_char(0, 'FM9.90')", ".00",
        "to_char(0.001, 'FM9.99')", "0.",
        "to_char(-485, '999S')", "485-",
        "to_char(-485, '999MI')", "485-",
        "to_char(485, '999MI')", "485 ",
        "to_char(485, 'FM999MI')", "485",
        "to_char(485, 'SG999')", "+485",
        "to_char(-485, 'SG999')", "-485",
        "to_char(-485, '9SG99')", "4-85",
        "to_char(-485, '999PR')", "<485>",
        "to_char(485, 'L999')", "$ 485",
        "to_char(485, '\"Good number:\"999')", "Good number: 485",
        "to_char(485.8, '\"Pre:\"999\" Post:\" .999')", "Pre: 485 Post: .800");
  }

  @Test
  void numeralsOrdinalsShiftsAndExponents() {
    gives(
        "to_char(485, 'RN')", "        CDLXXXV",
        "to_char(485, 'FMRN')", "CDLXXXV",
        "to_char(5.2, 'FMRN')", "V",
        "to_char(3999, 'FMrn')", "mmmcmxcix",
        "to_char(4000, 'FMRN')", "###############",
        "to_char(482, '999th')", " 482nd",
        "to_char(-482, '999th')", "-482",
        "to_char(11, 'FM99TH')", "11TH",
        "to_char(21, 'FM99TH')", "21ST",
        "to_char(12, '99V999')", " 12000",
        "to_char(12.4, '99V999')", " 12400",
        "to_char(12.45, '99V9')", " 125",
        "to_char(0.0004859, '9.99EEEE')", " 4.86e-04",
        "to_char(-12345678901, '9.99EEEE')", "-1.23e+10",
        "to_char(9.999, '9.99EEEE')", " 1.00e+01",
        "to_char(0, '9.9EEEE')", " 0.0e+00",
        "to_char(485, 'PL999')", "+ 485",
        "to_char(-485, 'PL999')", " -485",
        "to_char(485, 'x999\\\"')", "x 485\"");
  }

  @Test
  void textsBecomeNumbersAgain() {
    gives(
        "to_number('12,454.8-', '99G999D9S') = -12454.8", "true",
        "to_number('$1,234.5', 'L9,999.99') = 1234.5", "true",
        "to_number('<12>', '99PR') = -12", "true");
    fails("22018", "to_number('abc', '999')");
    gives(
        "to_number('12400', '99V999') = 12.4", "true",
        "to_number('482nd', '999th') = 482", "true",
        "to_number('EUR 12', '\"EUR \"99') = 12", "true");
    fails("22018", "to_number('1.2.3', '9.9')");
    fails("22003", "to_number('123', '99')", "to_number('123.5', '99D9')");
    fails("0A000", "to_number('1e5', '9EEEE')");
    fails("0A000", "to_number('XII', 'RN')");
    fails("22023", "to_char(1, 'S9S')");
    fails("22023", "to_char(1, 'S9MI')");
    fails("22023", "to_char(1, '9.9V9')");
    fails("22023", "to_char(1, '9.9.9')");
    fails("22023", "to_char(1, '9EEEE9')");
    fails("22023", "to_char(1, 'S9EEEE')");
    fails("22023", "to_char(1, '9RN')");
  }
}
