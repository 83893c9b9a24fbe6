package dev.pilot.store.jdbi;

/** In what the SQL of the engines differs. Immutable; threads may share it. */
public interface Syntax {
    /**
     * A select that answers the first few rows for each of some values, and reads no more of each, however many there are.
     *
     * @param table the table, which has a key {@code id}
     * @param columns what is answered of a row
     * @param values the name of the parameter with the values: a JSON array of texts
     * @param rows which rows, in which order, how many: what follows behind {@code from table}; the value is {@code given.value}
     * @return the select; the order of its rows is not defined
     */
    String firstOfEach(String table, String columns, String values, String rows);
}
