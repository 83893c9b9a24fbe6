package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * Something on the web that belongs to a run.
 *
 * @param title what it is
 * @param url where it is
 */
public record Link(String title, String url) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Link {
        InvalidInput.required(title, "title");
        InvalidInput.required(url, "url");
    }
}
