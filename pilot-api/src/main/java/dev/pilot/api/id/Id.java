package dev.pilot.api.id;

import dev.pilot.api.error.InvalidInput;

/**
 * What every id has in common: a text of 1 to 128 characters out of {@code A-Z a-z 0-9 . _ : -}, compared exactly; {@code .} and
 * {@code ..} alone are none, since no URL could name them. Each kind of entity has an id type of its own, so that one can't be
 * passed for another.
 */
public interface Id {
    /** The longest text an id may have. */
    int MAX_LENGTH = 128;

    /**
     * The id as text, as it stands on the wire and in the store.
     *
     * @return the text
     */
    String value();

    /**
     * Checks a text against the grammar.
     *
     * @param value the text
     * @throws InvalidInput if it is absent, too long or has a character outside the grammar
     */
    static void check(String value) {
        InvalidInput.required(value, "id");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw InvalidInput.of("id", "must have 1 to " + MAX_LENGTH + " characters, but has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean legal = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '_'
                    || c == ':'
                    || c == '-';
            if (!legal) {
                throw InvalidInput.of("id", "may only have letters, digits and . _ : -");
            }
        }
        if (value.equals(".") || value.equals("..")) {
            throw InvalidInput.of("id", "may not be . or ..");
        }
    }
}
