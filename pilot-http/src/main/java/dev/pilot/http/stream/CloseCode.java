package dev.pilot.http.stream;

import dev.pilot.api.error.PilotException;

/**
 * Why a WebSocket was closed.
 *
 * @param code the number; from 4000 on an own one, made like the HTTP status that means the same
 * @param reason a short text, the error's stable code
 */
record CloseCode(int code, String reason) {
    static final CloseCode STOPPING = new CloseCode(1001, "stopping");
    static final CloseCode NO_TOKEN = new CloseCode(4401, "no-token");
    static final CloseCode SLOW_READER = new CloseCode(4408, "slow-reader");
    static final CloseCode NOT_UNDERSTOOD = new CloseCode(4400, "not-understood");
    static final CloseCode FAILED = new CloseCode(1011, "internal-error");

    /** What an error means for whoever follows. */
    static CloseCode of(PilotException error) {
        int code = switch (error.kind()) {
            case INVALID -> 4400;
            case UNAUTHENTICATED -> 4401;
            case FORBIDDEN -> 4403;
            case NOT_FOUND -> 4404;
            case ALREADY_EXISTS, CONFLICT, NOT_ALLOWED, LEASE_LOST -> 4409;
            case OVER_LIMIT -> 4429;
            case UNAVAILABLE -> 1001;
            case OUTCOME_UNKNOWN -> 1011;
        };
        return new CloseCode(code, error.code());
    }
}
