import OwnerLayout from '../(owner)/layout.tsx';

export default OwnerLayout;
