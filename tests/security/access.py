"""Who gets what answer at which address: the access table.

Each line is an address, then what each role is answered; one value stands for everybody. ``in`` is the way to the sign-in
page; where somebody who is not staff knocks at the back office, it ends in 403 there. A word in braces is the key of a row
(tests/security/world.py). An address that no line leads to fails a test, and so does a line that leads nowhere.

Staff have passed their second factor here. The correspondent speaks for Ireland and is registered for nothing. The
participant is registered for Strasbourg 2026, and so is the protected one; the other participant for Vienna 2025.
Host, desk and rapporteur are not bound to single meetings: nothing says yet which meetings they serve.
"""

# Asking for a page.
READING = """
# Health                                                             vis par oth pro cor sec lia des rap aud adm
/livez                                                               200
/readyz                                                              200
/robots.txt                                                          200
/.well-known/security.txt                                            404

# Public pages
/                                                                    200
/meetings/                                                           200
/meetings/strasbourg-2026/                                           200
/meetings/strasbourg-2026/programme/                                 200
/meetings/strasbourg-2026/programme.ics                              200
/meetings/strasbourg-2026/programme.pdf                              200
/meetings/strasbourg-2026/programme.docx                             200
/meetings/strasbourg-2026/programme/{session}.ics                    200
/meetings/lisbon-2027/                                               404 404 404 404 404 200 200 200 200 200 200
/meetings/lisbon-2027/programme/                                     404 404 404 404 404 200 200 200 200 200 200
/meetings/lisbon-2027/programme.ics                                  404 404 404 404 404 200 200 200 200 200 200
/meetings/lisbon-2027/programme.pdf                                  404 404 404 404 404 200 200 200 200 200 200
/meetings/lisbon-2027/programme.docx                                 404 404 404 404 404 200 200 200 200 200 200
/meetings/atlantis-1999/                                             404
/accessibility/                                                      200
/privacy/                                                            200
/privacy/{notice}/                                                   200
/privacy/1999-1/                                                     404

# Registering
/meetings/strasbourg-2026/register/                                  200
/meetings/strasbourg-2026/register/?sector=police                    200
/meetings/vienna-2025/register/                                      403
/meetings/lisbon-2027/register/                                      404
/meetings/atlantis-1999/register/                                    404
/meetings/strasbourg-2026/register/sent/{sent}/                      200
/meetings/vienna-2025/register/sent/{sent}/                          404
/meetings/strasbourg-2026/register/sent/altered/                     404
/registrations/confirm/{token}/                                      200
/registrations/confirm/altered/                                      404
/registrations/confirmed/{confirmed}/                                200
/registrations/confirmed/altered/                                    404
/registrations/take-over/{take_over_token}/                          200
/registrations/take-over/altered/                                    404
/registrations/offer/{offer_token}/                                  200
/registrations/offer/altered/                                        404
/registrations/offer-answered/{offer_answered}/                      200
/registrations/offer-answered/altered/                               404

# Invitations
/invitations/{invitation_token}/                                     200
/invitations/{invitation_token}/letter.pdf                           200
/invitations/altered/                                                404
/invitations/altered/letter.pdf                                      404
/invitations/answered/{answered}/                                    200
/invitations/answered/altered/                                       404

# Nominations and delegations
/nominations/{nominee_token}/                                        200
/nominations/{nominee_token}/decline/                                200
/nominations/altered/                                                404
/nominations/altered/decline/                                        404
/nominations/declined/{nominee_declined}/                            200
/nominations/declined/altered/                                       404
/delegation/                                                          in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/                                          in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/letter.pdf                                in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/reply/                                   405
/delegation/strasbourg-2026/news/                                    405
/delegation/strasbourg-2026/nominate/                                 in 404 404 404 200 404 404 404 404 404 404
/delegation/atlantis-1999/                                            in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/                    in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/replace/            in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/withdraw/           in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/move/              405
/delegation/strasbourg-2026/nominees/{nomination}/remind/            405
/delegation/strasbourg-2026/nominees/{nomination}/letter/             in 404 404 404 200 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/            in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/replace/    in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/withdraw/   in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/move/      405
/delegation/strasbourg-2026/nominees/{foreign_nomination}/remind/    405
/delegation/strasbourg-2026/nominees/{foreign_nomination}/letter/     in 404 404 404 404 404 404 404 404 404 404

# The desk at the door: no role has it, but a device with its own session; some of the staff may make one
/check-in/worker.js                                                  200
/check-in/vienna-2025/                                               403 403 403 403 403 200 403 200 403 403 200
/check-in/strasbourg-2026/                                           403 403 403 403 403 200 403 200 403 403 200
/check-in/atlantis-1999/                                             403 403 403 403 403 404 403 404 403 403 404
/check-in/vienna-2025/open/{desk_token}/                             200
/check-in/vienna-2025/open/altered/                                  404
/check-in/strasbourg-2026/open/{desk_token}/                         404
/check-in/vienna-2025/here/                                          405
/check-in/vienna-2025/enter/                                         405
/check-in/vienna-2025/undo/                                          405
/check-in/vienna-2025/leave/                                         405
/check-in/vienna-2025/scans/                                         405
/check-in/vienna-2025/walk-in/                                       403 403 403 403 403 200 403 200 403 403 200
/check-in/vienna-2025/list.json                                      403
/check-in/vienna-2025/manifest.webmanifest                           200

# Own pages
/my/                                                                  in 200 200 200 200 200 200 200 200 200 200
/my/strasbourg-2026/                                                  in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/edit/                                             in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/passport/                                         in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/withdraw/                                         in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/agreed/photographs/                              405
/my/strasbourg-2026/agreed/nonsense/                                 405
/my/strasbourg-2026/hand-over/                                        in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/offer/                                           405
/my/strasbourg-2026/reopen/                                           in 303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/workshops/                                        in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/workshops/wishes/                                405
/my/strasbourg-2026/workshops/{workshop}/                            in 303 404 303 404 404 404 404 404 404 404
/my/atlantis-1999/workshops/                                          in 404 404 404 404 404 404 404 404 404 404
/my/strasbourg-2026/certificate/                                      in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/evaluation/                                       in 200 404 200 404 404 404 404 404 404 404
/my/atlantis-1999/certificate/                                        in 404 404 404 404 404 404 404 404 404 404
/my/atlantis-1999/evaluation/                                         in 404 404 404 404 404 404 404 404 404 404
/certificates/                                                       200
/certificates/{certificate}/                                         200
/certificates/altered/                                               200
/my/strasbourg-2026/calendar/                                         in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/calendar.ics                                      in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/calendar/subscribe/                              405
/my/strasbourg-2026/calendar/end/                                    405
/my/atlantis-1999/calendar/                                           in 404 404 404 404 404 404 404 404 404 404
/calendars/{calendar_token}.ics                                      200
/calendars/altered.ics                                               404
/my/data/                                                             in 200 200 200 200 200 200 200 200 200 200
/my/data.json                                                         in 200 200 200 200 200 200 200 200 200 200
/my/erasure/                                                          in 200 200 200 200 200 200 200 200 200 200
/my/lisbon-2027/                                                      in 404 404 404 404 404 404 404 404 404 404
/my/atlantis-1999/                                                    in 404 404 404 404 404 404 404 404 404 404

# Signing in
/accounts/login/                                                     200 302 302 302 302 302 302 302 302 302 302
/accounts/logout/                                                    302 200 200 200 200 200 200 200 200 200 200
/accounts/signed-out/                                                200
/accounts/inactive/                                                  200
/accounts/login/code/                                                200 302 302 302 302 302 302 302 302 302 302
/accounts/login/code/confirm/                                        302
/accounts/reauthenticate/                                             in 302 302 302 302 200 200 200 200 200 200
/accounts/reauthenticate/code/                                        in 200 200 200 200 200 200 200 200 200 200
/accounts/second-factor/                                              in 200 200 200 200 200 200 200 200 200 200
/accounts/sessions/                                                   in 200 200 200 200 200 200 200 200 200 200
/accounts/password/change/                                            in 302 302 302 302 200 200 200 200 200 200
/accounts/password/set/                                               in 200 200 200 200 302 302 302 302 302 302
/accounts/password/reset/                                            200
/accounts/password/reset/done/                                       200
/accounts/password/reset/key/1-altered/                              200
/accounts/password/reset/key/done/                                   200
/accounts/signup/                                                    200 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/                                                        in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/authenticate/                                          302
/accounts/2fa/reauthenticate/                                         in 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/totp/activate/                                          in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/totp/deactivate/                                        in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/recovery-codes/                                         in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/recovery-codes/generate/                                in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/recovery-codes/download/                                in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/webauthn/                                               in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/webauthn/add/                                           in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/webauthn/login/                                        302
/accounts/2fa/webauthn/reauthenticate/                                in 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/webauthn/keys/1/remove/                                 in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/webauthn/keys/1/edit/                                   in 404 404 404 404 404 404 404 404 404 404

# Back office
/admin/                                                               in  in  in  in  in 200 200 200 200 200 200
/admin/login/                                                         in 403 403 403 403  in  in  in  in  in  in
/admin/logout/                                                       302 302 302 302 302 200 200 200 200 200 200
/admin/password_change/                                               in  in  in  in  in 302 302 302 302 302 302
/admin/password_change/done/                                          in  in  in  in  in 200 200 200 200 200 200
/admin/autocomplete/                                                  in  in  in  in  in 403 403 403 403 403 403
/admin/jsi18n/                                                        in  in  in  in  in 200 200 200 200 200 200
/admin/r/{meeting_type}/{meeting}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/r/{participant_type}/{participant}/                            in  in  in  in  in 404 404 404 404 404 404
/admin/audit/                                                         in  in  in  in  in 403 403 403 403 200 200
/admin/audit/?person=CYB26-LIVIA                                      in  in  in  in  in 403 403 403 403 200 200
/admin/balance/                                                       in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/copy/registration/{participant}/                       in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/registration/{protected}/                         in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/account/{user}/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/account/{expert}/                                 in  in  in  in  in 404 403 403 403 403 200
/admin/audit/export.csv                                               in  in  in  in  in 405 405 405 405 405 405
/admin/nowhere/                                                       in  in  in  in  in 404 404 404 404 404 404
/admin/accounts/                                                      in  in  in  in  in 200 404 404 404 200 200
/admin/correspondence/                                                in  in  in  in  in 200 404 404 404 200 200
/admin/meetings/                                                      in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/                                                   in  in  in  in  in 200 200 200 200 200 200
/admin/participants/                                                  in  in  in  in  in 200 200 200 200 200 200
/admin/privacy/                                                       in  in  in  in  in 200 404 404 404 200 200

# Back office: registrations
/admin/participants/participant/                                      in  in  in  in  in 200 200 200 403 200 200
/admin/participants/participant/add/                                  in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{participant}/                        in  in  in  in  in 302 302 302 302 302 302
/admin/participants/participant/{participant}/change/                 in  in  in  in  in 200 200 200 403 200 200
/admin/participants/participant/{participant}/history/                in  in  in  in  in 200 403 403 403 200 200
/admin/participants/participant/{participant}/delete/                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/participant/{protected}/change/                   in  in  in  in  in 200 200 200 403 200 200
/admin/participants/participant/{protected}/history/                  in  in  in  in  in 200 403 403 403 200 200
/admin/participants/participant/{unconfirmed}/change/                 in  in  in  in  in 200 302 302 403 302 200
/admin/participants/participant/export.csv                            in  in  in  in  in 200 200 403 403 403 200
/admin/participants/participant/import/                               in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/import/{import}/                      in  in  in  in  in 302 403 403 403 403 404
/admin/participants/participant/import/{import}/columns/              in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/import/{import}/rows/                 in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/import/{import}/write/                in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/import/{import}/cancel/               in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/decide/confirm/                       in  in  in  in  in 404 404 404 404 404 404
/admin/participants/participant/decide/nonsense/                      in  in  in  in  in 404 404 404 404 404 404
/admin/participants/participant/{participant}/passport/                in  in  in  in  in 403 403 403 403 403 200
/admin/participants/participant/{protected}/passport/                  in  in  in  in  in 403 403 403 403 403 403
/admin/participants/participant/{unconfirmed}/passport/                in  in  in  in  in 403 403 403 403 403 200
/admin/participants/participant/{participant}/reveal/                 in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{protected}/reveal/                   in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{unconfirmed}/reveal/                 in  in  in  in  in 302 404 404 404 404 302
/admin/participants/participant/{participant}/revoke-links/           in  in  in  in  in 405 405 405 405 405 405
/admin/participants/participant/{participant}/hide/                   in  in  in  in  in 302 302 302 302 302 302
/admin/participants/participant/duplicates/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{participant}/compare/{unconfirmed}/  in  in  in  in  in 404 403 403 403 403 404
/admin/participants/participant/{participant}/compare/{protected}/    in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{participant}/note/                  in  in  in  in  in 405 405 405 405 405 405
/admin/participants/participant/{unconfirmed}/hide/                   in  in  in  in  in 302 404 404 404 404 302
/admin/participants/sector/                                           in  in  in  in  in 200 200 200 200 200 200
/admin/participants/sector/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/participants/sector/{sector}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/sector/{sector}/change/                           in  in  in  in  in 200 200 200 200 200 200
/admin/participants/sector/{sector}/history/                          in  in  in  in  in 200 200 200 200 200 200
/admin/participants/sector/{sector}/delete/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/                                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/add/                                      in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/target/{target}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/participants/reason/{reason}/change/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/change/                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/history/                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/history/                         in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/delete/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/delete/                          in  in  in  in  in 200 403 403 403 403 200

# Back office: ledgers
/admin/participants/exportrecord/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/exportrecord/add/                                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/exportrecord/{export}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/participants/exportrecord/{export}/change/                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/exportrecord/{export}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/participants/exportrecord/{export}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/importrecord/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/importrecord/add/                                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/importrecord/{import}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/participants/importrecord/{import}/change/                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/importrecord/{import}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/participants/importrecord/{import}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/consent/                                          in  in  in  in  in 200 403 403 403 200 200
/admin/participants/consent/add/                                      in  in  in  in  in 403 403 403 403 403 403
/admin/participants/consent/{consent}/                                in  in  in  in  in 302 302 302 302 302 302
/admin/participants/consent/{consent}/change/                         in  in  in  in  in 200 403 403 403 200 200
/admin/participants/consent/{consent}/history/                        in  in  in  in  in 200 403 403 403 200 200
/admin/participants/consent/{consent}/delete/                         in  in  in  in  in 403 403 403 403 403 403
/admin/participants/reveal/                                           in  in  in  in  in 200 403 403 403 200 200
/admin/participants/reveal/add/                                       in  in  in  in  in 403 403 403 403 403 403
/admin/participants/reveal/{reveal}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/reveal/{reveal}/change/                           in  in  in  in  in 200 403 403 403 200 200
/admin/participants/reveal/{reveal}/history/                          in  in  in  in  in 200 403 403 403 200 200
/admin/participants/reveal/{reveal}/delete/                           in  in  in  in  in 403 403 403 403 403 403

# Back office: data protection
/admin/privacy/noticeversion/                                         in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/noticeversion/add/                                     in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/noticeversion/{notice_row}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/noticeversion/{notice_row}/change/                     in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/noticeversion/{notice_row}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/noticeversion/{notice_row}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/record/                                                in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/record.csv                                             in  in  in  in  in 200 403 403 403 200 200

# Back office: meetings
/admin/meetings/meeting/                                              in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/meeting/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/meeting/{meeting}/change/                             in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/meeting/{meeting}/history/                            in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/meeting/{meeting}/delete/                             in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/programme/                          in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/meeting/{meeting}/programme/add/                      in  in  in  in  in 405 405 405 405 405 405
/admin/meetings/meeting/{meeting}/programme/shift/                    in  in  in  in  in 405 405 405 405 405 405
/admin/meetings/meeting/{meeting}/programme/publish/                  in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/programme/copy/                     in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/room/                                                 in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/room/add/                                             in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/room/{room}/                                          in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/room/{room}/change/                                   in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/room/{room}/history/                                  in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/room/{room}/delete/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/session/                                              in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/session/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/session/{session}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/session/{session}/change/                             in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/session/{session}/history/                            in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/session/{session}/delete/                             in  in  in  in  in 200 403 403 403 403 200

# Back office: the doors
/admin/attendance/device/                                             in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/add/                                         in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/device/{device}/change/                             in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/history/                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/delete/                             in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/device/{device}/renew/                              in  in  in  in  in 405 405 405 405 405 405
/admin/attendance/device/{device}/revoke/                             in  in  in  in  in 405 405 405 405 405 405
/admin/attendance/scan/                                               in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/scan/add/                                           in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/scan/{scan}/                                        in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/scan/{scan}/change/                                 in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/scan/{scan}/history/                                in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/scan/{scan}/delete/                                 in  in  in  in  in 403 403 403 403 403 403

# Back office: mails
/admin/correspondence/campaign/                                       in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/campaign/add/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/campaign/write/participants/                    in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/write/invited/                         in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/write/invited_people/                  in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/write/nonsense/                        in  in  in  in  in 404 404 404 404 404 404
/admin/correspondence/campaign/{campaign}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/campaign/{campaign}/change/                     in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/campaign/{campaign}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/campaign/{campaign}/delete/                     in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/preview/                    in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/try/                        in  in  in  in  in 405 405 405 405 405 405
/admin/correspondence/campaign/{campaign}/send/                       in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/step/stop/                  in  in  in  in  in 405 405 405 405 405 405
/admin/correspondence/campaign/{campaign}/step/nonsense/              in  in  in  in  in 404 404 404 404 404 404
/admin/correspondence/message/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/message/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/message/{message}/                              in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/message/{message}/change/                       in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/message/{message}/history/                      in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/message/{message}/delete/                       in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/message/{message}/send-again/                   in  in  in  in  in 405 405 405 405 405 405
/admin/correspondence/messagetemplate/                                in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/messagetemplate/add/                            in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/messagetemplate/{template}/                     in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/messagetemplate/{template}/change/              in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/messagetemplate/{template}/history/             in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/messagetemplate/{template}/delete/              in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/messagetemplate/{template}/preview/             in  in  in  in  in 200 403 403 403 200 200

# Back office: countries
/admin/delegations/country/                                           in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/country/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/country/{country}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/country/{country}/change/                          in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/country/{country}/history/                         in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/country/{country}/delete/                          in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/body/                                              in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/body/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/body/{body}/                                       in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/body/{body}/change/                                in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/body/{body}/history/                               in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/body/{body}/delete/                                in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/region/                                            in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/region/add/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/region/{region}/                                   in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/region/{region}/change/                            in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/region/{region}/history/                           in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/region/{region}/delete/                            in  in  in  in  in 200 403 403 403 403 200

# Back office: invitations
/admin/delegations/invitation/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/add/                                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/{invitation}/                           in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/invitation/{invitation}/change/                    in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/{invitation}/history/                   in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/{invitation}/delete/                    in  in  in  in  in 403 403 403 403 403 403
/admin/delegations/invitation/{invitation}/letter.pdf                 in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/{invitation}/reply/                     in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/step/send/                              in  in  in  in  in 302 403 403 403 403 302
/admin/delegations/invitation/step/nonsense/                          in  in  in  in  in 404 403 403 403 403 404
/admin/delegations/invitation/many/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/board/                                  in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/board/export.csv                        in  in  in  in  in 405 403 403 403 403 405
/admin/delegations/nomination/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/nomination/add/                                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/{nomination}/                           in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/nomination/{nomination}/change/                    in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/nomination/{nomination}/history/                   in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/nomination/{nomination}/delete/                    in  in  in  in  in 403 403 403 403 403 403
/admin/delegations/nomination/{nomination}/letter/                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/{nomination}/take-back/                 in  in  in  in  in 405 405 405 405 405 405
/admin/delegations/correspondent/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/correspondent/add/                                 in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/correspondent/{correspondent}/                     in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/correspondent/{correspondent}/change/              in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/correspondent/{correspondent}/history/             in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/correspondent/{correspondent}/delete/              in  in  in  in  in 200 403 403 403 403 200

# Back office: badges
/admin/attendance/badge/                                              in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/add/                                          in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/badge/{badge}/                                      in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/badge/{badge}/change/                               in  in  in  in  in 302 403 302 403 302 302
/admin/attendance/badge/{badge}/history/                              in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/{badge}/delete/                               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/badge/print/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/badge/person/{participant}/                         in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/person/{protected}/                           in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/person/{unconfirmed}/                         in  in  in  in  in 200 403 404 403 404 200
/admin/attendance/badge/person/{participant}/again/                   in  in  in  in  in 200 403 200 403 403 200
/admin/attendance/badge/meeting/{meeting}/                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/                                           in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/add/                                       in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/checkin/{checkin}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/checkin/{checkin}/change/                          in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/checkin/{checkin}/history/                         in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/{checkin}/delete/                          in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/checkin/person/{participant}/                      in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/person/{protected}/                        in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/person/{unconfirmed}/                      in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/days.csv                                   in  in  in  in  in 405 405 405 405 405 405
/admin/attendance/certificate/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/certificate/{certificate_row}/                      in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/certificate/{certificate_row}/change/               in  in  in  in  in 302 403 403 403 302 302
/admin/attendance/certificate/{certificate_row}/history/              in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/{certificate_row}/delete/               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/certificate/{certificate_row}/take-back/            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/certificate/person/{participant}/                   in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/person/{protected}/                     in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/person/{unconfirmed}/                   in  in  in  in  in 200 403 403 403 404 200
/admin/attendance/evaluationanswer/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/evaluationanswer/add/                               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/evaluationanswer/{said}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/evaluationanswer/{said}/change/                     in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/evaluationanswer/{said}/history/                    in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/evaluationanswer/{said}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/evaluationanswer/results.csv                        in  in  in  in  in 405 405 405 405 405 405

# Back office: accounts
/admin/accounts/user/                                                 in  in  in  in  in 200 403 403 403 200 200
/admin/accounts/user/add/                                             in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{user}/                                          in  in  in  in  in 302 302 302 302 302 302
/admin/accounts/user/{user}/change/                                   in  in  in  in  in 200 403 403 403 200 200
/admin/accounts/user/{user}/history/                                  in  in  in  in  in 200 403 403 403 200 200
/admin/accounts/user/{user}/delete/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/accounts/user/{user}/password/                                 in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{expert}/change/                                 in  in  in  in  in 302 403 403 403 302 200
/admin/accounts/user/{expert}/history/                                in  in  in  in  in 302 302 302 302 302 200
/admin/accounts/user/{expert}/password/                               in  in  in  in  in 403 403 403 403 403 200

# Back office: privacy
/admin/privacy/retentionperiod/                                       in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/retentionperiod/add/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/retentionperiod/{period}/                              in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/retentionperiod/{period}/change/                       in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/retentionperiod/{period}/history/                      in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/retentionperiod/{period}/delete/                       in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/purgerun/                                              in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/purgerun/add/                                          in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/purgerun/{purge}/                                      in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/purgerun/{purge}/change/                               in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/purgerun/{purge}/history/                              in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/purgerun/{purge}/delete/                               in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasure/                                               in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/erasure/add/                                           in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasure/registration/{participant}/                    in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasure/registration/{protected}/                      in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasure/registration/{unconfirmed}/                    in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasure/account/{expert}/                              in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasure/account/{user}/                                in  in  in  in  in 302 403 403 403 403 302
/admin/privacy/erasure/{erasure}/                                     in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/erasure/{erasure}/change/                              in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/erasure/{erasure}/history/                             in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/erasure/{erasure}/delete/                              in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasurerequest/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasurerequest/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasurerequest/{asked}/                                in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/erasurerequest/{asked}/change/                         in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasurerequest/{asked}/history/                        in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasurerequest/{asked}/delete/                         in  in  in  in  in 403 403 403 403 403 403

# Demo
/demo/                                                               200
/demo/list-2016.xlsx                                                 200
/demo/badge.png                                                      404
/demo/mails/                                                         200
/demo/mails/unknown/                                                 404
/demo/gallery/                                                       200
/demo/gallery/banner/open/                                           200
/demo/gallery/banner/nonsense/                                       404
/demo/gallery/confirm/                                               200

# No such thing
/nowhere/                                                            404
/static/nothing.css                                                  404
/.git/config                                                         404

# Seats
/admin/attendance/                                                    in  in  in  in  in 200 404 200 404 200 200
/admin/attendance/booking/                                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/add/                                        in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/booking/{booking}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/booking/{booking}/change/                           in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/{booking}/history/                          in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/{booking}/delete/                           in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/booking/seats/                                      in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/seats/head-count.csv                        in  in  in  in  in 405 405 405 405 405 405
/admin/attendance/booking/allocation/                                 in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/open/                                       in  in  in  in  in 405 405 405 405 405 405
"""

# Sending an empty form, with its token.
SENDING = """
# Health                                                             vis par oth pro cor sec lia des rap aud adm
/livez                                                               200
/readyz                                                              200
/robots.txt                                                          200
/.well-known/security.txt                                            404

# Public pages
/                                                                    405
/meetings/                                                           405
/meetings/strasbourg-2026/                                           405
/meetings/strasbourg-2026/programme/                                 405
/meetings/strasbourg-2026/programme.ics                              405
/meetings/strasbourg-2026/programme.pdf                              405
/meetings/strasbourg-2026/programme.docx                             405
/meetings/strasbourg-2026/programme/{session}.ics                    405
/meetings/lisbon-2027/                                               405
/meetings/lisbon-2027/programme/                                     405
/meetings/lisbon-2027/programme.ics                                  405
/meetings/lisbon-2027/programme.pdf                                  405
/meetings/lisbon-2027/programme.docx                                 405
/meetings/atlantis-1999/                                             405
/accessibility/                                                      200
/privacy/                                                            405
/privacy/{notice}/                                                   405
/privacy/1999-1/                                                     405

# Registering
/meetings/strasbourg-2026/register/                                  422
/meetings/strasbourg-2026/register/?sector=police                    422
/meetings/vienna-2025/register/                                      403
/meetings/lisbon-2027/register/                                      404
/meetings/atlantis-1999/register/                                    404
/meetings/strasbourg-2026/register/sent/{sent}/                      405
/meetings/vienna-2025/register/sent/{sent}/                          405
/meetings/strasbourg-2026/register/sent/altered/                     405
/registrations/confirm/{token}/                                      303
/registrations/confirm/altered/                                      404
/registrations/confirmed/{confirmed}/                                405
/registrations/confirmed/altered/                                    405
/registrations/take-over/{take_over_token}/                          422
/registrations/take-over/altered/                                    404
/registrations/offer/{offer_token}/                                  200
/registrations/offer/altered/                                        404
/registrations/offer-answered/{offer_answered}/                      405
/registrations/offer-answered/altered/                               405

# Invitations
/invitations/{invitation_token}/                                     422
/invitations/{invitation_token}/letter.pdf                           405
/invitations/altered/                                                404
/invitations/altered/letter.pdf                                      405
/invitations/answered/{answered}/                                    405
/invitations/answered/altered/                                       405

# Nominations and delegations
/nominations/{nominee_token}/                                        422
/nominations/{nominee_token}/decline/                                303
/nominations/altered/                                                404
/nominations/altered/decline/                                        404
/nominations/declined/{nominee_declined}/                            405
/nominations/declined/altered/                                       405
/delegation/                                                         405
/delegation/strasbourg-2026/                                         405
/delegation/strasbourg-2026/letter.pdf                               405
/delegation/strasbourg-2026/reply/                                    in 404 404 404 422 404 404 404 404 404 404
/delegation/strasbourg-2026/news/                                     in 404 404 404 303 404 404 404 404 404 404
/delegation/strasbourg-2026/nominate/                                 in 404 404 404 422 404 404 404 404 404 404
/delegation/atlantis-1999/                                           405
/delegation/strasbourg-2026/nominees/{nomination}/                    in 404 404 404 422 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/replace/            in 404 404 404 422 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/withdraw/           in 404 404 404 303 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/move/               in 404 404 404 303 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/remind/             in 404 404 404 303 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{nomination}/letter/            405
/delegation/strasbourg-2026/nominees/{foreign_nomination}/            in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/replace/    in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/withdraw/   in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/move/       in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/remind/     in 404 404 404 404 404 404 404 404 404 404
/delegation/strasbourg-2026/nominees/{foreign_nomination}/letter/    405

# The desk at the door
/check-in/worker.js                                                  405
/check-in/vienna-2025/                                               405
/check-in/strasbourg-2026/                                           405
/check-in/atlantis-1999/                                             405
/check-in/vienna-2025/open/{desk_token}/                             422
/check-in/vienna-2025/open/altered/                                  404
/check-in/strasbourg-2026/open/{desk_token}/                         404
/check-in/vienna-2025/here/                                          403 403 403 403 403 422 403 422 403 403 422
/check-in/vienna-2025/enter/                                         403 403 403 403 403 200 403 200 403 403 200
/check-in/vienna-2025/undo/                                          403 403 403 403 403 200 403 200 403 403 200
/check-in/vienna-2025/leave/                                         200
/check-in/vienna-2025/scans/                                         403
/check-in/vienna-2025/walk-in/                                       403 403 403 403 403 200 403 200 403 403 200
/check-in/vienna-2025/list.json                                      405
/check-in/vienna-2025/manifest.webmanifest                           405

# Own pages
/my/                                                                 405
/my/strasbourg-2026/                                                 405
/my/strasbourg-2026/edit/                                             in 422 404 422 404 404 404 404 404 404 404
/my/strasbourg-2026/passport/                                         in 422 404 422 404 404 404 404 404 404 404
/my/strasbourg-2026/withdraw/                                         in 303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/agreed/photographs/                               in 303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/agreed/nonsense/                                  in 404 404 404 404 404 404 404 404 404 404
/my/strasbourg-2026/hand-over/                                        in 422 404 422 404 404 404 404 404 404 404
/my/strasbourg-2026/offer/                                           in  303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/reopen/                                           in 303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/workshops/                                       405
/my/strasbourg-2026/workshops/wishes/                                 in 303 404 303 404 404 404 404 404 404 404
/my/strasbourg-2026/workshops/{workshop}/                             in 404 404 404 404 404 404 404 404 404 404
/my/atlantis-1999/workshops/                                         405
/my/strasbourg-2026/certificate/                                      in 404 404 404 404 404 404 404 404 404 404
/my/strasbourg-2026/evaluation/                                       in 422 404 422 404 404 404 404 404 404 404
/my/atlantis-1999/certificate/                                        in 404 404 404 404 404 404 404 404 404 404
/my/atlantis-1999/evaluation/                                         in 404 404 404 404 404 404 404 404 404 404
/certificates/                                                       405
/certificates/{certificate}/                                         405
/certificates/altered/                                               405
/my/strasbourg-2026/calendar/                                        405
/my/strasbourg-2026/calendar.ics                                     405
/my/strasbourg-2026/calendar/subscribe/                               in 200 404 200 404 404 404 404 404 404 404
/my/strasbourg-2026/calendar/end/                                     in 303 404 303 404 404 404 404 404 404 404
/my/atlantis-1999/calendar/                                          405
/calendars/{calendar_token}.ics                                      405
/calendars/altered.ics                                               405
/my/data/                                                            405
/my/data.json                                                        405
/my/erasure/                                                          in 303 303 303 303 303 303 303 303 303 303
/my/lisbon-2027/                                                     405
/my/atlantis-1999/                                                   405

# Signing in
/accounts/login/                                                     200 302 302 302 302 302 302 302 302 302 302
/accounts/logout/                                                    302
/accounts/signed-out/                                                200
/accounts/inactive/                                                  405
/accounts/login/code/                                                200 302 302 302 302 302 302 302 302 302 302
/accounts/login/code/confirm/                                        302
/accounts/reauthenticate/                                             in 302 302 302 302 200 200 200 200 200 200
/accounts/reauthenticate/code/                                        in 302 302 302 302 302 302 302 302 302 302
/accounts/second-factor/                                             405
/accounts/sessions/                                                   in 302 302 302 302 302 302 302 302 302 302
/accounts/password/change/                                            in 302 302 302 302 200 200 200 200 200 200
/accounts/password/set/                                               in 200 200 200 200 302 302 302 302 302 302
/accounts/password/reset/                                            200
/accounts/password/reset/done/                                       405
/accounts/password/reset/key/1-altered/                              200
/accounts/password/reset/key/done/                                   405
/accounts/signup/                                                    200 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/                                                        in 405 405 405 405 405 405 405 405 405 405
/accounts/2fa/authenticate/                                          302
/accounts/2fa/reauthenticate/                                         in 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/totp/activate/                                          in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/totp/deactivate/                                        in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/recovery-codes/                                         in 405 405 405 405 405 405 405 405 405 405
/accounts/2fa/recovery-codes/generate/                                in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/recovery-codes/download/                                in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/webauthn/                                               in 405 405 405 405 405 405 405 405 405 405
/accounts/2fa/webauthn/add/                                           in 200 200 200 200 200 200 200 200 200 200
/accounts/2fa/webauthn/login/                                        302
/accounts/2fa/webauthn/reauthenticate/                                in 302 302 302 302 302 302 302 302 302 302
/accounts/2fa/webauthn/keys/1/remove/                                 in 404 404 404 404 404 404 404 404 404 404
/accounts/2fa/webauthn/keys/1/edit/                                   in 404 404 404 404 404 404 404 404 404 404

# Back office
/admin/                                                               in  in  in  in  in 200 200 200 200 200 200
/admin/login/                                                         in 403 403 403 403  in  in  in  in  in  in
/admin/logout/                                                       302
/admin/password_change/                                               in  in  in  in  in 302 302 302 302 302 302
/admin/password_change/done/                                          in  in  in  in  in 405 405 405 405 405 405
/admin/autocomplete/                                                  in  in  in  in  in 405 405 405 405 405 405
/admin/jsi18n/                                                        in  in  in  in  in 405 405 405 405 405 405
/admin/r/{meeting_type}/{meeting}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/r/{participant_type}/{participant}/                            in  in  in  in  in 404 404 404 404 404 404
/admin/audit/                                                         in  in  in  in  in 405 405 405 405 405 405
/admin/audit/?person=CYB26-LIVIA                                      in  in  in  in  in 405 405 405 405 405 405
/admin/balance/                                                       in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/copy/registration/{participant}/                       in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/registration/{protected}/                         in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/account/{user}/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/copy/account/{expert}/                                 in  in  in  in  in 404 403 403 403 403 200
/admin/audit/export.csv                                               in  in  in  in  in 403 403 403 403 200 200
/admin/nowhere/                                                       in  in  in  in  in 404 404 404 404 404 404
/admin/accounts/                                                      in  in  in  in  in 200 404 404 404 200 200
/admin/correspondence/                                                in  in  in  in  in 200 404 404 404 200 200
/admin/meetings/                                                      in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/                                                   in  in  in  in  in 200 200 200 200 200 200
/admin/participants/                                                  in  in  in  in  in 200 200 200 200 200 200
/admin/privacy/                                                       in  in  in  in  in 200 404 404 404 200 200

# Back office: registrations
/admin/participants/participant/                                      in  in  in  in  in 200 200 200 403 200 200
/admin/participants/participant/add/                                  in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{participant}/                        in  in  in  in  in 302 302 302 302 302 302
/admin/participants/participant/{participant}/change/                 in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{participant}/history/                in  in  in  in  in 200 403 403 403 200 200
/admin/participants/participant/{participant}/delete/                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/participant/{protected}/change/                   in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{protected}/history/                  in  in  in  in  in 200 403 403 403 200 200
/admin/participants/participant/{unconfirmed}/change/                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/participant/export.csv                            in  in  in  in  in 200 200 403 403 403 200
/admin/participants/participant/import/                               in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/import/{import}/                      in  in  in  in  in 302 403 403 403 403 404
/admin/participants/participant/import/{import}/columns/              in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/import/{import}/rows/                 in  in  in  in  in 302 403 403 403 403 404
/admin/participants/participant/import/{import}/write/                in  in  in  in  in 200 403 403 403 403 404
/admin/participants/participant/import/{import}/cancel/               in  in  in  in  in 302 403 403 403 403 404
/admin/participants/participant/decide/confirm/                       in  in  in  in  in 404 404 404 404 404 404
/admin/participants/participant/decide/nonsense/                      in  in  in  in  in 404 404 404 404 404 404
/admin/participants/participant/{participant}/passport/                in  in  in  in  in 403 403 403 403 403 422
/admin/participants/participant/{protected}/passport/                  in  in  in  in  in 403 403 403 403 403 403
/admin/participants/participant/{unconfirmed}/passport/                in  in  in  in  in 403 403 403 403 403 422
/admin/participants/participant/{participant}/reveal/                 in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{protected}/reveal/                   in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{unconfirmed}/reveal/                 in  in  in  in  in 302 404 404 404 404 302
/admin/participants/participant/{participant}/revoke-links/           in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{participant}/hide/                   in  in  in  in  in 302 302 302 302 302 302
/admin/participants/participant/duplicates/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/participant/{participant}/compare/{unconfirmed}/  in  in  in  in  in 404 403 403 403 403 404
/admin/participants/participant/{participant}/compare/{protected}/    in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{participant}/note/                  in  in  in  in  in 302 403 403 403 403 302
/admin/participants/participant/{unconfirmed}/hide/                   in  in  in  in  in 302 404 404 404 404 302
/admin/participants/sector/                                           in  in  in  in  in 200 200 200 200 200 200
/admin/participants/sector/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/participants/sector/{sector}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/sector/{sector}/change/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/sector/{sector}/history/                          in  in  in  in  in 200 200 200 200 200 200
/admin/participants/sector/{sector}/delete/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/                                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/add/                                      in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/target/{target}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/participants/reason/{reason}/change/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/change/                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/history/                          in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/history/                         in  in  in  in  in 200 403 403 403 403 200
/admin/participants/reason/{reason}/delete/                           in  in  in  in  in 200 403 403 403 403 200
/admin/participants/target/{target}/delete/                          in  in  in  in  in 200 403 403 403 403 200

# Back office: ledgers
/admin/participants/exportrecord/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/exportrecord/add/                                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/exportrecord/{export}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/participants/exportrecord/{export}/change/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/exportrecord/{export}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/participants/exportrecord/{export}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/importrecord/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/participants/importrecord/add/                                 in  in  in  in  in 403 403 403 403 403 403
/admin/participants/importrecord/{import}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/participants/importrecord/{import}/change/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/importrecord/{import}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/participants/importrecord/{import}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/participants/consent/                                          in  in  in  in  in 200 403 403 403 200 200
/admin/participants/consent/add/                                      in  in  in  in  in 403 403 403 403 403 403
/admin/participants/consent/{consent}/                                in  in  in  in  in 302 302 302 302 302 302
/admin/participants/consent/{consent}/change/                         in  in  in  in  in 403 403 403 403 403 403
/admin/participants/consent/{consent}/history/                        in  in  in  in  in 200 403 403 403 200 200
/admin/participants/consent/{consent}/delete/                         in  in  in  in  in 403 403 403 403 403 403
/admin/participants/reveal/                                           in  in  in  in  in 200 403 403 403 200 200
/admin/participants/reveal/add/                                       in  in  in  in  in 403 403 403 403 403 403
/admin/participants/reveal/{reveal}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/participants/reveal/{reveal}/change/                           in  in  in  in  in 403 403 403 403 403 403
/admin/participants/reveal/{reveal}/history/                          in  in  in  in  in 200 403 403 403 200 200
/admin/participants/reveal/{reveal}/delete/                           in  in  in  in  in 403 403 403 403 403 403

# Back office: data protection
/admin/privacy/noticeversion/                                         in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/noticeversion/add/                                     in  in  in  in  in 302 403 403 403 403 302
/admin/privacy/noticeversion/{notice_row}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/noticeversion/{notice_row}/change/                     in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/noticeversion/{notice_row}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/noticeversion/{notice_row}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/record/                                                in  in  in  in  in 405 405 405 405 405 405
/admin/privacy/record.csv                                             in  in  in  in  in 405 405 405 405 405 405

# Back office: meetings
/admin/meetings/meeting/                                              in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/meeting/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/meeting/{meeting}/change/                             in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/history/                            in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/meeting/{meeting}/delete/                             in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/programme/                          in  in  in  in  in 302 403 403 302 403 302
/admin/meetings/meeting/{meeting}/programme/add/                      in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/programme/shift/                    in  in  in  in  in 200 403 403 200 403 200
/admin/meetings/meeting/{meeting}/programme/publish/                  in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/meeting/{meeting}/programme/copy/                     in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/room/                                                 in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/room/add/                                             in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/room/{room}/                                          in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/room/{room}/change/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/room/{room}/history/                                  in  in  in  in  in 200 200 200 200 200 200
/admin/meetings/room/{room}/delete/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/session/                                              in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/session/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/meetings/session/{session}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/meetings/session/{session}/change/                             in  in  in  in  in 200 403 403 200 403 200
/admin/meetings/session/{session}/history/                            in  in  in  in  in 200 403 403 200 200 200
/admin/meetings/session/{session}/delete/                             in  in  in  in  in 200 403 403 403 403 200

# Back office: the doors
/admin/attendance/device/                                             in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/add/                                         in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/                                    in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/device/{device}/change/                             in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/history/                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/delete/                             in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/device/{device}/renew/                              in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/device/{device}/revoke/                             in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/scan/                                               in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/scan/add/                                           in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/scan/{scan}/                                        in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/scan/{scan}/change/                                 in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/scan/{scan}/history/                                in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/scan/{scan}/delete/                                 in  in  in  in  in 403 403 403 403 403 403

# Back office: mails
/admin/correspondence/campaign/                                       in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/campaign/add/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/campaign/write/participants/                    in  in  in  in  in 422 403 403 403 403 422
/admin/correspondence/campaign/write/invited/                         in  in  in  in  in 422 403 403 403 403 422
/admin/correspondence/campaign/write/invited_people/                  in  in  in  in  in 422 403 403 403 403 422
/admin/correspondence/campaign/write/nonsense/                        in  in  in  in  in 404 404 404 404 404 404
/admin/correspondence/campaign/{campaign}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/campaign/{campaign}/change/                     in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/history/                    in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/campaign/{campaign}/delete/                     in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/preview/                    in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/campaign/{campaign}/try/                        in  in  in  in  in 302 403 403 403 403 302
/admin/correspondence/campaign/{campaign}/send/                       in  in  in  in  in 422 403 403 403 403 422
/admin/correspondence/campaign/{campaign}/step/stop/                  in  in  in  in  in 302 403 403 403 403 302
/admin/correspondence/campaign/{campaign}/step/nonsense/              in  in  in  in  in 404 404 404 404 404 404
/admin/correspondence/message/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/message/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/message/{message}/                              in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/message/{message}/change/                       in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/message/{message}/history/                      in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/message/{message}/delete/                       in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/message/{message}/send-again/                   in  in  in  in  in 302 403 403 403 403 302
/admin/correspondence/messagetemplate/                                in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/messagetemplate/add/                            in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/messagetemplate/{template}/                     in  in  in  in  in 302 302 302 302 302 302
/admin/correspondence/messagetemplate/{template}/change/              in  in  in  in  in 200 403 403 403 403 200
/admin/correspondence/messagetemplate/{template}/history/             in  in  in  in  in 200 403 403 403 200 200
/admin/correspondence/messagetemplate/{template}/delete/              in  in  in  in  in 403 403 403 403 403 403
/admin/correspondence/messagetemplate/{template}/preview/             in  in  in  in  in 200 403 403 403 200 200

# Back office: countries
/admin/delegations/country/                                           in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/country/add/                                       in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/country/{country}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/country/{country}/change/                          in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/country/{country}/history/                         in  in  in  in  in 200 200 200 200 200 200
/admin/delegations/country/{country}/delete/                          in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/body/                                              in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/body/add/                                          in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/body/{body}/                                       in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/body/{body}/change/                                in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/body/{body}/history/                               in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/body/{body}/delete/                                in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/region/                                            in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/region/add/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/region/{region}/                                   in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/region/{region}/change/                            in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/region/{region}/history/                           in  in  in  in  in 200 200 403 200 200 200
/admin/delegations/region/{region}/delete/                            in  in  in  in  in 200 403 403 403 403 200

# Back office: invitations
/admin/delegations/invitation/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/add/                                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/{invitation}/                           in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/invitation/{invitation}/change/                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/{invitation}/history/                   in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/{invitation}/delete/                    in  in  in  in  in 403 403 403 403 403 403
/admin/delegations/invitation/{invitation}/letter.pdf                 in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/{invitation}/reply/                     in  in  in  in  in 422 403 403 403 403 422
/admin/delegations/invitation/step/send/                              in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/invitation/step/nonsense/                          in  in  in  in  in 404 403 403 403 403 404
/admin/delegations/invitation/many/                                   in  in  in  in  in 422 403 403 403 403 422
/admin/delegations/invitation/board/                                  in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/invitation/board/export.csv                        in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/nomination/add/                                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/{nomination}/                           in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/nomination/{nomination}/change/                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/{nomination}/history/                   in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/nomination/{nomination}/delete/                    in  in  in  in  in 403 403 403 403 403 403
/admin/delegations/nomination/{nomination}/letter/                    in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/nomination/{nomination}/take-back/                 in  in  in  in  in 302 403 403 403 403 302
/admin/delegations/correspondent/                                     in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/correspondent/add/                                 in  in  in  in  in 200 403 403 403 403 200
/admin/delegations/correspondent/{correspondent}/                     in  in  in  in  in 302 302 302 302 302 302
/admin/delegations/correspondent/{correspondent}/change/              in  in  in  in  in 302 403 403 403 403 302
/admin/delegations/correspondent/{correspondent}/history/             in  in  in  in  in 200 403 403 403 200 200
/admin/delegations/correspondent/{correspondent}/delete/              in  in  in  in  in 200 403 403 403 403 200

# Back office: badges
/admin/attendance/badge/                                              in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/add/                                          in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/badge/{badge}/                                      in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/badge/{badge}/change/                               in  in  in  in  in 302 403 302 403 302 302
/admin/attendance/badge/{badge}/history/                              in  in  in  in  in 200 403 200 403 200 200
/admin/attendance/badge/{badge}/delete/                               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/badge/print/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/badge/person/{participant}/                         in  in  in  in  in 422 403 422 403 403 422
/admin/attendance/badge/person/{protected}/                           in  in  in  in  in 422 403 422 403 403 422
/admin/attendance/badge/person/{unconfirmed}/                         in  in  in  in  in 403 403 404 403 404 403
/admin/attendance/badge/person/{participant}/again/                   in  in  in  in  in 302 403 302 403 403 302
/admin/attendance/badge/meeting/{meeting}/                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/                                           in  in  in  in  in 422 403 403 403 403 422
/admin/attendance/checkin/add/                                       in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/checkin/{checkin}/                                 in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/checkin/{checkin}/change/                          in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/checkin/{checkin}/history/                         in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/checkin/{checkin}/delete/                          in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/checkin/person/{participant}/                      in  in  in  in  in 422 403 403 403 403 422
/admin/attendance/checkin/person/{protected}/                        in  in  in  in  in 422 403 403 403 403 422
/admin/attendance/checkin/person/{unconfirmed}/                      in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/checkin/days.csv                                   in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/certificate/                                        in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/certificate/{certificate_row}/                      in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/certificate/{certificate_row}/change/               in  in  in  in  in 302 403 403 403 302 302
/admin/attendance/certificate/{certificate_row}/history/              in  in  in  in  in 200 403 403 403 200 200
/admin/attendance/certificate/{certificate_row}/delete/               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/certificate/{certificate_row}/take-back/            in  in  in  in  in 422 403 403 403 403 422
/admin/attendance/certificate/person/{participant}/                   in  in  in  in  in 409 403 403 403 403 409
/admin/attendance/certificate/person/{protected}/                     in  in  in  in  in 409 403 403 403 403 409
/admin/attendance/certificate/person/{unconfirmed}/                   in  in  in  in  in 409 403 403 403 404 409
/admin/attendance/evaluationanswer/                                   in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/evaluationanswer/add/                               in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/evaluationanswer/{said}/                            in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/evaluationanswer/{said}/change/                     in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/evaluationanswer/{said}/history/                    in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/evaluationanswer/{said}/delete/                     in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/evaluationanswer/results.csv                        in  in  in  in  in 404 403 403 403 403 404

# Back office: accounts
/admin/accounts/user/                                                 in  in  in  in  in 200 403 403 403 200 200
/admin/accounts/user/add/                                             in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{user}/                                          in  in  in  in  in 302 302 302 302 302 302
/admin/accounts/user/{user}/change/                                   in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{user}/history/                                  in  in  in  in  in 200 403 403 403 200 200
/admin/accounts/user/{user}/delete/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/accounts/user/{user}/password/                                 in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{expert}/change/                                 in  in  in  in  in 403 403 403 403 403 200
/admin/accounts/user/{expert}/history/                                in  in  in  in  in 302 302 302 302 302 200
/admin/accounts/user/{expert}/password/                               in  in  in  in  in 403 403 403 403 403 200

# Back office: privacy
/admin/privacy/retentionperiod/                                       in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/retentionperiod/add/                                   in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/retentionperiod/{period}/                              in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/retentionperiod/{period}/change/                       in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/retentionperiod/{period}/history/                      in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/retentionperiod/{period}/delete/                       in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/purgerun/                                              in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/purgerun/add/                                          in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/purgerun/{purge}/                                      in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/purgerun/{purge}/change/                               in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/purgerun/{purge}/history/                              in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/purgerun/{purge}/delete/                               in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasure/                                               in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/erasure/add/                                           in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasure/registration/{participant}/                    in  in  in  in  in 422 403 403 403 403 422
/admin/privacy/erasure/registration/{protected}/                      in  in  in  in  in 422 403 403 403 403 422
/admin/privacy/erasure/registration/{unconfirmed}/                    in  in  in  in  in 422 403 403 403 403 422
/admin/privacy/erasure/account/{expert}/                              in  in  in  in  in 422 403 403 403 403 422
/admin/privacy/erasure/account/{user}/                                in  in  in  in  in 302 403 403 403 403 302
/admin/privacy/erasure/{erasure}/                                     in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/erasure/{erasure}/change/                              in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasure/{erasure}/history/                             in  in  in  in  in 200 403 403 403 200 200
/admin/privacy/erasure/{erasure}/delete/                              in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasurerequest/                                        in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasurerequest/add/                                    in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasurerequest/{asked}/                                in  in  in  in  in 302 302 302 302 302 302
/admin/privacy/erasurerequest/{asked}/change/                         in  in  in  in  in 403 403 403 403 403 403
/admin/privacy/erasurerequest/{asked}/history/                        in  in  in  in  in 200 403 403 403 403 200
/admin/privacy/erasurerequest/{asked}/delete/                         in  in  in  in  in 403 403 403 403 403 403

# Demo
/demo/                                                               200
/demo/list-2016.xlsx                                                 200
/demo/badge.png                                                      404
/demo/mails/                                                         200
/demo/mails/unknown/                                                 404
/demo/gallery/                                                       200
/demo/gallery/banner/open/                                           200
/demo/gallery/banner/nonsense/                                       404
/demo/gallery/confirm/                                               200

# No such thing
/nowhere/                                                            404
/static/nothing.css                                                  404
/.git/config                                                         404

# Seats
/admin/attendance/                                                    in  in  in  in  in 200 404 200 404 200 200
/admin/attendance/booking/                                            in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/add/                                        in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/booking/{booking}/                                  in  in  in  in  in 302 302 302 302 302 302
/admin/attendance/booking/{booking}/change/                           in  in  in  in  in 302 403 403 403 403 302
/admin/attendance/booking/{booking}/history/                          in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/{booking}/delete/                           in  in  in  in  in 403 403 403 403 403 403
/admin/attendance/booking/seats/                                      in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/seats/head-count.csv                        in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/allocation/                                 in  in  in  in  in 200 403 403 403 403 200
/admin/attendance/booking/open/                                       in  in  in  in  in 302 403 403 403 403 302
"""
