package dev.pilot.http;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.wire.ErrorBody;
import java.util.Map;

/** A request that no use-case ever sees: refused by the server itself, with a status that no use-case has. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorKind kind;
    private final String code;
    private final String detail;
    private final transient Map<String, String> headers;

    Refusal(int status, ErrorKind kind, String code, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.kind = kind;
        this.code = code;
        this.detail = detail;
        this.headers = headers;
    }

    static Refusal invalid(int status, String code, String detail) {
        return new Refusal(status, ErrorKind.INVALID, code, detail, Map.of());
    }

    ErrorBody body() {
        return ErrorBody.plain(status, kind, code, detail, null);
    }

    Map<String, String> headers() {
        return headers;
    }
}
