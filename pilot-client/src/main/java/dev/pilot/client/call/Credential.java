package dev.pilot.client.call;

/** What a client shows at the door. Threads may share it. */
public interface Credential {
    /** Nothing, for what is open to everybody. */
    Credential NONE = of("");

    /**
     * What to show now.
     *
     * @return the token; empty for none
     */
    String token();

    /**
     * Gets another token, where there is a way to.
     *
     * @param refused the one that the hub refused
     * @return whether there is another one now
     */
    boolean renew(String refused);

    /**
     * One token for ever.
     *
     * @param token the token
     * @return shows it
     */
    static Credential of(String token) {
        return new Credential() {
            @Override
            public String token() {
                return token;
            }

            @Override
            public boolean renew(String refused) {
                return false;
            }
        };
    }
}
