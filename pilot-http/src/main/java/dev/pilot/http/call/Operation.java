package dev.pilot.http.call;

/**
 * What a route does: parses, calls one use-case, renders. Threads may share it.
 *
 * @param <B> the type of the request's body
 */
@FunctionalInterface
public interface Operation<B> {
    /**
     * Serves a call.
     *
     * @param call the request
     * @return the answer
     * @throws dev.pilot.api.error.PilotException if the use-case or a check of the request does
     * @throws java.io.IOException if the request's stream can't be read
     */
    Answer serve(Call<B> call) throws java.io.IOException;
}
