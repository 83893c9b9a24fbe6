package dev.pilot.store.sqlite;

import dev.pilot.store.jdbi.Syntax;

/** What SQLite says in its own way. */
enum SqliteSyntax implements Syntax {
    ONE;

    /** The cross join keeps the order of the tables: so a value's rows are found first, by their index, and then fetched by key. */
    @Override
    public String firstOfEach(String table, String columns, String values, String rows) {
        return "select " + columns + " from json_each(:" + values + ") as given cross join " + table + " on " + table
                + ".id in (select id from " + table + " " + rows + ")";
    }
}
