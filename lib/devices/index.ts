export { cancelDeviceRequest, type Decision, decideDeviceRequest } from './decide.ts';
export { type DeviceRequest, getDeviceRequest } from './find.ts';
