package dev.pilot.core.account;

import dev.pilot.core.system.InputCheck;

/** What a password must be like. */
final class Passwords {
    static final int MOST = 256;

    private Passwords() {}

    static void check(InputCheck check, String field, String password, String name, int least) {
        int length = password.codePointCount(0, password.length());
        if (length < least || password.length() > MOST) {
            check.problem(field, "must have " + least + " to " + MOST + " characters");
        } else if (password.indexOf('\0') >= 0) {
            check.problem(field, "must not contain NUL");
        } else if (password.equalsIgnoreCase(name)) {
            check.problem(field, "must not be the name");
        }
    }
}
