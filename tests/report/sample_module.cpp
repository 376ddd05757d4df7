// What the tests of the reports quote. It is not compiled.
REQUEST_NOTIFICATION_STATUS CSampleModule::OnExecuteRequestHandler(IHttpContext *pHttpContext,
                                                                   IHttpEventProvider *) {
  HRESULT hr = pHttpContext->GetRequest()->ReadEntityBody(m_buffer, 4096, TRUE, &cb, &fPending);
  if (SUCCEEDED(hr) && !fPending) {
    Take(m_buffer, cb);
    return RQ_NOTIFICATION_CONTINUE;
  }
  return RQ_NOTIFICATION_PENDING;
}
